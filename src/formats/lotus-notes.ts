import { leadingAddress } from '../extract/address-lines.ts';
import { type Extraction, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { joinLines } from '../extract/exchange-blocks.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { addReturned } from '../extract/returned.ts';
import { isFromServer } from '../extract/from-server.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** `------- Failure Reasons  --------` */
const HEADING = /^-{5,20} {1,3}\S.{2,60}? {1,3}-{5,20}$/;
const ENGLISH = /^-{5,20} {1,3}failure reasons {1,3}-{5,20}$/i;

/** A cause, and below it the addresses that it belongs to. */
interface Failure {
  readonly cause: NoticeLine[];
  readonly addresses: { address: string; line: NoticeLine }[];
}

function readFailures(message: Message): Failure[] {
  const failures: Failure[] = [];
  const { lines } = readNotice(message);
  const heading = lines.findIndex((line) => HEADING.test(line.text));
  if (heading === -1) return failures;
  for (const line of lines.slice(heading + 1)) {
    if (line.text === '') continue;
    const lead = leadingAddress(line.text);
    let last = failures.at(-1);
    if (lead?.rest === '') {
      if (last === undefined) failures.push((last = { cause: [], addresses: [] }));
      last.addresses.push({ address: lead.address, line });
    } else if (last === undefined || last.addresses.length > 0)
      failures.push({ cause: [line], addresses: [] });
    else last.cause.push(line);
  }
  return failures.filter((failure) => failure.addresses.length > 0);
}

/** SMTP MTA of Lotus Notes 4, before Domino 5. */
export const lotusNotes = {
  id: 'lotus-notes',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    if (!isFromServer(message)) return null;
    const { lines, returned } = readNotice(message);
    const first = lines.find((line) => line.text !== '')?.text ?? '';
    const through = returned?.text.includes('Lotus SMTP MTA') === true;
    if (!HEADING.test(first) || !(through || (ENGLISH.test(first) && returned !== null))) return null;
    if (readFailures(message).length === 0) return null;
    return {
      confidence: 0.92,
      why: `"${first}" above an address${through ? ', and a Received field of Lotus' : ''}`,
    };
  },

  extract(message: Message): Extraction {
    const extraction: Extraction = { recipients: [] };
    for (const { cause, addresses } of readFailures(message)) {
      const said = joinLines(cause);
      for (const { address, line } of addresses) {
        const recipient = found(address, 'text', line.part, line.line, line.text);
        const draft: RecipientDraft = {
          finalRecipient: recipient,
          action: inferred('failed', 'text', recipient.evidence),
        };
        if (said !== null)
          draft.diagnosticCode = found(said.text, 'text', said.line.part, said.line.line, said.text);
        extraction.recipients.push(draft);
      }
    }
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;
