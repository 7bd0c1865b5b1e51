import { bareAddress } from '../extract/addresses.ts';
import { type Extraction, found, inferred } from '../extract/draft.ts';
import { completeFeedback } from '../extract/feedback.ts';
import { headlineOf } from '../extract/headline.ts';
import { HeaderReader, readOriginal } from '../extract/original.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

const REPORTED = 'x-hmxmroriginalrecipient';
const SUBJECT = /complaint about message from (\[?[0-9a-f.:]{7,45}\]?)/i;

/**
 * Complaints of Outlook.com's Junk Mail Reporting Program (Hotmail): the reported message alone, in an attachment or
 * with its header in front, the recipient in X-HmXmrOriginalRecipient, the sending address in the subject.
 * https://sendersupport.olc.protection.outlook.com/pm/junkemail
 */
export const jmrp = {
  id: 'jmrp',
  maxConfidence: 0.95,

  recognise(message: Message): Claim | null {
    if (message.headers.has(REPORTED))
      return { confidence: 0.95, why: 'X-HmXmrOriginalRecipient in the header' };
    const from = (message.headers.get('from') ?? '').toLowerCase();
    const bySubject = SUBJECT.test(message.headers.get('subject') ?? '');
    if (!bySubject && !/staff@(?:hotmail|outlook|live|msn)\.com/.test(from)) return null;
    const part = message.leaves.find((leaf) => leaf.isMessage);
    if (part === undefined || message.root.type === 'multipart/report') return null;
    const reported = part.raw.toString('latin1', 0, 4096).toLowerCase().includes(REPORTED);
    if (!reported && !bySubject) return null;
    return { confidence: reported ? 0.95 : 0.8, why: 'a complaint of Outlook.com with the reported message' };
  },

  extract(message: Message): Extraction {
    const part = message.leaves.find((leaf) => leaf.isMessage);
    const inPart = part === undefined ? null : readOriginal(part, message);
    const own = message.headers.field(REPORTED);
    const recipient = own?.value ?? inPart?.headers[REPORTED] ?? null;
    const recipients = recipient === null ? [] : [bareAddress(recipient, true) ?? recipient];
    const ip = SUBJECT.exec(message.headers.get('subject') ?? '')?.[1] ?? null;
    const sender = message.headers.get('x-sid-pra') ?? inPart?.headers['x-sid-pra'] ?? null;
    const header = new HeaderReader(message.headers);
    const feedback = completeFeedback({
      type: 'abuse',
      originalMailFrom: inPart?.returnPath || (sender === null ? null : bareAddress(sender)),
      originalRcptTo: recipients,
      sourceIp: ip,
      arrivalDate: inPart?.date ?? (own === null ? null : header.date),
    });
    const backing =
      own !== null
        ? found('', 'header', '0', own.line, `X-HmXmrOriginalRecipient: ${own.value}`).evidence
        : headlineOf(message);
    return {
      kind: inferred('feedback', 'header', backing),
      recipients: recipients.map((address) => ({ recipient: inferred(address, 'header', backing) })),
      feedback: inferred(feedback, 'header', backing),
      original: inPart,
    };
  },
} satisfies Format;
