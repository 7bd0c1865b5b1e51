import { type Extraction, type Found, found, inferred } from '../extract/draft.ts';
import { framesOf } from '../extract/notice-report.ts';
import { readNotice } from '../extract/notice.ts';
import { findOriginalPart, readOriginal } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import { type Part, WarningList } from '../mime/part.ts';
import { type Message, once, scanMessage } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';
import { rfc3464 } from './rfc3464.ts';

/** A report inside this message, and where it stands. */
interface Inner {
  readonly message: Message;
  readonly path: string;
  /** Its bytes, and the lines in front of them in the text of that part. */
  readonly bytes: Buffer;
  readonly offset: number;
}

/**
 * A report that a gateway, itself a mail system, wrapped into another notice. A person's forward of a report stays
 * a person's mail: outside and inside have to come from mail systems.
 */
export const nested = {
  id: 'nested',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    const shape = readShape(message);
    if (shape.statusPart || shape.personal || !shape.daemon) return null;
    // A forwarder names whom the mail was for, and the report inside tells why it did not arrive.
    if (innerReport(message) === null || framesOf(message).frames.some((f) => f.reply !== null)) return null;
    return { confidence: 0.92, why: 'a report that a gateway wrapped' };
  },

  extract(message: Message): Extraction {
    const inner = innerReport(message);
    if (inner === null) return { recipients: [] };
    const extraction = rfc3464.extract(inner.message);
    const aliases = framesOf(message).frames;
    const [draft, ...others] = extraction.recipients;
    const [alias] = aliases;
    const part = findOriginalPart(inner.message);
    extraction.original = part === null ? null : readOriginal(part, inner.message);
    for (const { code, detail } of inner.message.warnings.list)
      message.warnings.add(code, detail, inner.path);
    relocate(extraction, inner);
    if (draft !== undefined && alias !== undefined && others.length === 0 && aliases.length === 1) {
      const { part, line, text } = alias.at;
      draft.originalRecipient ??= inferred(
        alias.address,
        'text',
        found('', 'text', part, line, text).evidence,
      );
    }
    return extraction;
  },
} satisfies Format;

function innerReport(message: Message): Inner | null {
  return once(message, findInner);
}

const STATUS_PART = /delivery-status/i;

function findInner(message: Message): Inner | null {
  const part = findOriginalPart(message);
  const { returned } = readNotice(message);
  if (part === null && !STATUS_PART.test(returned?.text ?? '')) return null;
  let inner: Inner | null = null;
  if (part?.isMessage) {
    inner = {
      message: scanMessage(part.bytes, message.limits, new WarningList()),
      path: part.path,
      bytes: part.bytes,
      offset: 0,
    };
  } else if (part === null && returned !== null) {
    // An mbox line in front of the inner header is none of its fields.
    const start = returned.text.startsWith('From ') ? returned.text.indexOf('\n') + 1 : 0;
    const bytes = Buffer.from(returned.text.slice(start), 'utf8');
    const offset = returned.line - 1 + (start > 0 ? 1 : 0);
    inner = {
      message: scanMessage(bytes, message.limits, new WarningList()),
      path: returned.part,
      bytes,
      offset,
    };
  }
  if (inner === null) return null;
  const shape = readShape(inner.message);
  if (shape.statusPart && shape.daemon) return inner;
  // What a bound left out may have been the report.
  for (const { code, detail } of inner.message.warnings.list)
    if (code.startsWith('limit-')) message.warnings.add(code, detail, inner.path);
  return null;
}

/** Evidence of the inner report, told in places of the outer message. */
function relocate(extraction: Extraction, inner: Inner): void {
  const lines = new Map(inner.message.leaves.map((leaf) => [leaf.path, linesBefore(leaf, inner)]));
  const move = (value: unknown): void => {
    const found = value as Found | null | undefined;
    if (!found || typeof found !== 'object' || !('evidence' in found)) return;
    const { evidence } = found;
    const line = evidence.line + (lines.get(evidence.part) ?? inner.offset);
    Object.assign(found, { evidence: { ...evidence, part: inner.path, line } });
  };
  for (const value of Object.values(extraction)) move(value);
  for (const draft of extraction.recipients) for (const value of Object.values(draft)) move(value);
}

function linesBefore(part: Part, { bytes, offset }: Inner): number {
  if (!part.type.endsWith('delivery-status') && !part.type.startsWith('text/plain')) return offset;
  const end = part.raw.length === 0 ? -1 : bytes.indexOf(part.raw);
  let before = offset;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) before++;
  return before;
}
