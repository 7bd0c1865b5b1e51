import { leadingAddress } from '../extract/address-lines.ts';
import { type Extraction, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { joinLines } from '../extract/exchange-blocks.ts';
import { hostIn } from '../extract/named-host.ts';
import { type NoticeLine, paragraphsOf, readNotice } from '../extract/notice.ts';
import { DELAYED, readWording } from '../extract/phrases.ts';
import { addReturned } from '../extract/returned.ts';
import { isFromServer } from '../extract/from-server.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/**
 * The notice of the Domino router, the same in every language but for its words:
 *
 *   Your message
 *     Subject: Invoice
 *   was not delivered to:
 *     bob@example.com
 *   because:
 *     User bob (bob@example.com) not listed in Domino Directory
 */
interface RouterNotice {
  /** `was not delivered to:` */
  readonly sentence: NoticeLine;
  readonly recipients: readonly NoticeLine[];
  readonly cause: readonly NoticeLine[];
}

const LABEL = /[:：]$/;

function readRouterNotice(message: Message): RouterNotice | null {
  const { lines, lower } = readNotice(message);
  if (!lower.includes(':\n\n') && !lower.includes('：\n\n')) return null;
  const blocks = paragraphsOf(lines);
  for (let at = 2; at + 3 < blocks.length; at++) {
    const [title = [], subject = [], sentence = [], names = [], because = [], cause = []] = blocks.slice(
      at - 2,
      at + 4,
    );
    const [asks] = sentence;
    if (asks === undefined || sentence.length !== 1 || !LABEL.test(asks.text)) continue;
    if (because.length !== 1 || !LABEL.test(because[0]?.text ?? '')) continue;
    // `Your document:` with the subject below it, or `Your message` with `Subject: …`.
    if (title.length !== 1 || ![title[0], subject[0]].some((line) => /[:：]/.test(line?.text ?? '')))
      continue;
    const indented = [...subject, ...names, ...cause].every((line) => line.indent > asks.indent);
    if (!indented || names.some((line) => LABEL.test(line.text))) continue;
    return { sentence: asks, recipients: names, cause };
  }
  return null;
}

function marksOf(message: Message, { cause }: RouterNotice): string[] {
  const shape = readShape(message);
  const marks: string[] = [];
  const subject = shape.header('subject') ?? '';
  // The cause stands in the subject too: `DELIVERY FAILURE: User bob (bob@example.com) not listed …`.
  const repeated = subject
    .slice(subject.indexOf(':') + 1)
    .replace(/\s{1,40}/g, ' ')
    .trim()
    .slice(0, 24);
  const said = cause
    .map((line) => line.text)
    .join(' ')
    .toLowerCase();
  if (subject.startsWith('delivery failure:')) marks.push('Subject');
  if (repeated.length > 8 && said.startsWith(repeated)) marks.push('the cause in the subject');
  if (shape.header('x-mimetrack') !== null) marks.push('X-MIMETrack');
  if (/^<of[0-9a-f]{8}\.[0-9a-f]{8}-on[0-9a-f]{8}/.test(shape.header('message-id') ?? ''))
    marks.push('Message-ID');
  if (/\b(?:domino|lotus|notes)\b/.test(`${shape.header('x-mailer') ?? ''} ${said}`)) marks.push('its name');
  return marks;
}

/** `Error transferring to mx.example.com; SMTP Protocol Returned a Permanent Error 550 …` */
const TRANSFER = /\btransferring to ([^\s;,]{3,253})/i;

/** Domino without a delivery-status part, in any language. */
export const domino = {
  id: 'domino',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    if (!isFromServer(message)) return null;
    const notice = readRouterNotice(message);
    if (notice === null) return null;
    const marks = marksOf(message, notice);
    if (marks.length === 0) return null;
    return { confidence: 0.92, why: `the frame of the Domino router, with ${marks.join(', ')}` };
  },

  extract(message: Message): Extraction {
    const notice = readRouterNotice(message);
    if (notice === null) return { recipients: [] };
    const { sentence, recipients } = notice;
    const { subject } = readShape(message);
    const delayed = ((readWording(sentence.text) | subject) & DELAYED) !== 0;
    const cause = joinLines(notice.cause);
    const host = hostIn(TRANSFER.exec(cause?.text ?? '')?.[1] ?? '');
    const extraction: Extraction = {
      recipients: recipients.map((line): RecipientDraft => {
        // A name of the directory, `CN=Bob/O=Acme`, where the recipient has no address that the server knows.
        const name = found(
          leadingAddress(line.text)?.address ?? line.text,
          'text',
          line.part,
          line.line,
          line.text,
        );
        const draft: RecipientDraft = {
          finalRecipient: name,
          action: inferred(
            delayed ? 'delayed' : 'failed',
            'text',
            found('', 'text', sentence.part, sentence.line, sentence.text).evidence,
          ),
        };
        if (cause === null) return draft;
        draft.diagnosticCode = found(cause.text, 'text', cause.line.part, cause.line.line, cause.text);
        if (host !== null) draft.remoteMta = inferred(host, 'text', draft.diagnosticCode.evidence);
        return draft;
      }),
    };
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;
