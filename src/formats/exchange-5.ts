import type { Extraction, RecipientDraft } from '../extract/draft.ts';
import { found, inferred } from '../extract/draft.ts';
import {
  extractBlocks,
  joinLines,
  type RecipientBlock,
  readRecipientBlocks,
} from '../extract/exchange-blocks.ts';
import { actionOfSubject } from '../extract/exchange-subjects.ts';
import { isFromServer } from '../extract/from-server.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import { readCodes } from '../model/smtp-codes.ts';
import type { Claim, Format } from './format.ts';

/**
 * What the Internet Mail Service means by the MAPI code of its diagnosis, as the enhanced code for the same
 * (RFC 3463 §3). The texts behind the codes are translated, the codes are not. 000B099C, 000B09AA and 000B09B6 only
 * say that the remote server refused; its reply follows.
 */
const MAPI_STATUS: Readonly<Record<string, string>> = {
  '000C05A6': '5.1.1', // Unknown Recipient
  '000C0595': '5.1.4', // Ambiguous Recipient
  '00120270': '5.4.6', // Too Many Hops
  '00010256': '5.5.3', // Too many recipients
  '00050311': '5.6.3', // Conversion to Internet format failed
  '000502CC': '5.6.3', // Conversion to Internet format failed
};

const MARK = 'msexch:';

/** `MSEXCH:IMS:Org:SITE:SERVER 3550 (000B09B6) 550 5.1.1 unknown`: the code, and what follows it. */
const CODE = /\(([0-9A-F]{8})\)/i;

function blocksOf(message: Message): RecipientBlock[] {
  return readRecipientBlocks(readNotice(message).lines);
}

function hasDiagnosis(block: RecipientBlock): boolean {
  return block.lines.some((line) => line.text.toLowerCase().startsWith(MARK));
}

function isDeliveryNotice(message: Message): boolean {
  const shape = readShape(message);
  return (
    shape.header('x-ms-embedded-report') !== null &&
    shape.header('x-mailer')?.startsWith('internet mail service (') === true
  );
}

function readLines(draft: RecipientDraft, lines: readonly NoticeLine[]): void {
  const at = lines.findIndex((line) => line.text.toLowerCase().startsWith(MARK));
  // The cause in the language of the server stands first; then, in some, the id of the message in the X.400 system.
  const explained = lines.slice(0, at === -1 ? undefined : at);
  const id = explained.findIndex((line) => /[:：] ?c=/.test(line.text));
  const explanation = joinLines(id === -1 ? explained : explained.slice(0, id));
  const diagnosis = at === -1 ? null : joinLines(lines.slice(at));
  const code = CODE.exec(diagnosis?.text ?? '');
  if (diagnosis !== null && code !== null) {
    const { line, text } = diagnosis;
    const said = text.slice(code.index + code[0].length).trim();
    const reply = found(said, 'text', line.part, line.line, text);
    const isReply = readCodes(said).replyCode !== null;
    if (said !== '') draft.diagnosticCode = reply;
    const status = MAPI_STATUS[(code[1] as string).toUpperCase()];
    if (status !== undefined && !isReply) draft.status = inferred(status, 'text', reply.evidence);
  }
  if (explanation !== null)
    draft.diagnosticCode ??= found(
      explanation.text,
      'text',
      explanation.line.part,
      explanation.line.line,
      explanation.text,
    );
}

/** Exchange 4.0 to 5.5, Internet Mail Service (Connector), in any language. */
export const exchange5 = {
  id: 'exchange-5',
  maxConfidence: 0.95,

  recognise(message: Message): Claim | null {
    if (!isFromServer(message)) return null;
    const diagnosed = readNotice(message).lower.includes(MARK);
    if (!diagnosed && !isDeliveryNotice(message)) return null;
    const blocks = blocksOf(message);
    if (diagnosed && blocks.some(hasDiagnosis))
      return {
        confidence: 0.95,
        why: 'a recipient with a time, and under it a diagnosis of the Internet Mail Service',
      };
    // A receipt of its reader looks alike, and says nothing of a delivery.
    if (blocks.length === 0 || actionOfSubject(message) === null || !isDeliveryNotice(message)) return null;
    return { confidence: 0.85, why: 'a report of the Internet Mail Service with a recipient and a time' };
  },

  extract(message: Message): Extraction {
    return extractBlocks(message, blocksOf(message), readLines);
  },
} satisfies Format;
