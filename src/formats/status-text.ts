import type { Extraction } from '../extract/draft.ts';
import { addReply, framesOf } from '../extract/notice-report.ts';
import { readNotice } from '../extract/notice.ts';
import { addReturned } from '../extract/returned.ts';
import { readShape } from '../extract/shape.ts';
import type { Part } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';
import { readStatusFields } from './rfc3464.ts';

/** Fields of RFC 3464 in the readable text: the report lost its parts, or its server never made any. */
export const statusText = {
  id: 'status-text',
  maxConfidence: 0.93,

  recognise(message: Message): Claim | null {
    const shape = readShape(message);
    if (shape.statusPart || shape.personal || !shape.automatic) return null;
    const { lower } = readNotice(message);
    if (!/(?:^|\n)(?:final|original)-recipient ?:/.test(lower)) return null;
    if (!/(?:^|\n)action ?:/.test(lower) && !/(?:^|\n)status ?:/.test(lower)) return null;
    return { confidence: 0.93, why: 'the fields of RFC 3464 stand in the text' };
  },

  extract(message: Message): Extraction {
    const extraction: Extraction = { recipients: [] };
    const notice = readNotice(message);
    const first = notice.lines.find((l) =>
      /^(?:reporting-mta|(?:final|original)-recipient) ?:/i.test(l.text),
    );
    const part = [...message.leaves, message.root].find((leaf) => leaf.path === first?.part);
    if (first === undefined || part === undefined) return extraction;
    readStatusFields(
      fieldLines(part, first.line, notice.returned?.line ?? Infinity),
      part,
      message,
      extraction,
    );
    const { frames } = framesOf(message);
    for (const draft of extraction.recipients) {
      if (draft.diagnosticCode) continue;
      const own = draft.finalRecipient?.value.toLowerCase();
      const reply = frames.find((f) => f.address.toLowerCase() === own)?.reply;
      if (reply) addReply(draft, reply);
    }
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;

/** The lines of the fields, at their place in the part: what stands around them is emptied. */
function fieldLines(part: Part, from: number, to: number): string {
  return (part.rendered ?? part.text)
    .split('\n')
    .map((line, at) => (at + 1 < from || at + 1 >= to || /^-{2,}/.test(line) ? '' : line.trimStart()))
    .join('\n');
}
