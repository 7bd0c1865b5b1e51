import type { Claim, Format } from '../formats/format.ts';
import type { Message } from '../mime/scan.ts';

export interface Recognised {
  readonly format: Format;
  readonly claim: Claim;
}

/** Cannot be beaten: who claims this names itself in a machine-readable part. */
const CERTAIN = 1;

const most = (format: Format): number => format.maxConfidence ?? 1;

/** The order in which formats are asked: by what they can claim, else as they stand. */
export function inOrderOfAsking(formats: readonly Format[]): Format[] {
  return [...formats].sort((a, b) => most(b) - most(a));
}

/**
 * The formats that claim a message, the surest first. They are asked in their order, until none is left that could
 * be as sure. A format that throws has no say, and a warning tells of it.
 */
export function recognise(message: Message, formats: readonly Format[]): Recognised[] {
  const claims: Recognised[] = [];
  let surest = 0;
  for (const format of formats) {
    if (most(format) < surest || surest === CERTAIN) break;
    let claim: Claim | null = null;
    try {
      claim = format.recognise(message);
    } catch (error) {
      message.warnings.add(
        'format-error',
        `format ${format.id}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    if (claim === null) continue;
    claims.push({ format, claim });
    surest = Math.max(surest, claim.confidence);
  }
  if (claims.length < 2) return claims;
  claims.sort((a, b) => b.claim.confidence - a.claim.confidence);
  const [first, second] = claims as [Recognised, Recognised];
  if (first.claim.confidence === second.claim.confidence) {
    message.warnings.add('ambiguous-format', `${first.format.id} and ${second.format.id} are equally sure`);
  }
  return claims;
}
