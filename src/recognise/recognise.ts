import type { Claim, Format } from '../formats/format.ts';
import type { Message } from '../mime/scan.ts';

export interface Recognised {
  readonly format: Format;
  readonly claim: Claim;
}

/** Cannot be beaten: who claims this names itself in a machine-readable part. */
const CERTAIN = 1;

/**
 * Asks the formats in their order; the surest first. A certain one ends the asking. A format that throws has no say,
 * and a warning tells of it.
 */
export function recognise(message: Message, formats: readonly Format[]): Recognised[] {
  const claims: Recognised[] = [];
  for (const format of formats) {
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
    if (claim.confidence >= CERTAIN) break;
  }
  if (claims.length < 2) return claims;
  claims.sort((a, b) => b.claim.confidence - a.claim.confidence);
  const [first, second] = claims as [Recognised, Recognised];
  if (first.claim.confidence === second.claim.confidence) {
    message.warnings.add('ambiguous-format', `${first.format.id} and ${second.format.id} are equally sure`);
  }
  return claims;
}
