import { type Extraction, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { addReturned } from '../extract/returned.ts';
import { isFromServer } from '../extract/from-server.ts';
import { readShape } from '../extract/shape.ts';
import { commandOf } from '../extract/smtp-reply.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** `bob (user not found)`, `<bob@example.com>`, `bob@example.com (mailbox full)`; local users have no domain. */
const RECIPIENT = /^<?([^\s<>()@:,;]{1,64}(?:@[^\s<>()@:,;]{1,255})?)>?(?: {1,3}\((.{2,300})\))?$/;
/** The session that newer versions print below: `Command: RCPT TO:<…>`, `Response: 550 …` */
const COMMAND = 'Command:';
const RESPONSE = 'Response:';

function isRecipient(line: NoticeLine): boolean {
  const match = RECIPIENT.exec(line.text);
  if (match === null || line.indent === 0) return false;
  return line.text.includes('@') || match[2] !== undefined;
}

/** A recipient of the list under the first sentence, and the lines below it. */
interface Listed {
  readonly line: NoticeLine;
  readonly below: NoticeLine[];
}

function readList(message: Message): Listed[] {
  const { lines } = readNotice(message);
  const from = lines.findIndex((line) => /[:：]$/.test(line.text) && line.indent === 0);
  const listed: Listed[] = [];
  if (from === -1) return listed;
  for (const line of lines.slice(from + 1)) {
    if (isRecipient(line)) listed.push({ line, below: [] });
    else if (line.text !== '' && line.indent === 0) break;
    else listed.at(-1)?.below.push(line);
  }
  return listed;
}

function marksOf(message: Message): string[] {
  const shape = readShape(message);
  const marks: string[] = [];
  if (/groupwise/.test(`${shape.header('x-mailer') ?? ''} ${shape.header('user-agent') ?? ''}`))
    marks.push('X-Mailer');
  if (shape.header('subject')?.startsWith('message status - ') === true) marks.push('Subject');
  if (/^<s[0-9a-f]{7}\.\d{3}@/.test(shape.header('message-id') ?? '')) marks.push('Message-ID');
  return marks;
}

/** Internet agent of GroupWise (GWIA). */
export const groupwise = {
  id: 'groupwise',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    if (!isFromServer(message)) return null;
    const marks = marksOf(message);
    if (marks.length === 0 || readList(message).length === 0) return null;
    return {
      confidence: marks.length > 1 ? 0.92 : 0.85,
      why: `a list of recipients, with ${marks.join(', ')} of GroupWise`,
    };
  },

  extract(message: Message): Extraction {
    const extraction: Extraction = { recipients: [] };
    for (const { line, below } of readList(message)) {
      const [, who = '', cause] = RECIPIENT.exec(line.text) ?? [];
      const recipient = found(who, 'text', line.part, line.line, line.text);
      const draft: RecipientDraft = {
        finalRecipient: recipient,
        action: inferred('failed', 'text', recipient.evidence),
      };
      if (cause !== undefined) draft.diagnosticCode = found(cause, 'text', line.part, line.line, line.text);
      addSession(draft, below);
      extraction.recipients.push(draft);
    }
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;

function addSession(draft: RecipientDraft, lines: readonly NoticeLine[]): void {
  let sent: NoticeLine | null = null;
  for (const line of lines) {
    if (line.text.startsWith(COMMAND)) sent = line;
    if (!line.text.startsWith(RESPONSE)) continue;
    const reply = line.text.slice(RESPONSE.length).trim();
    draft.diagnosticCode = found(reply, 'text', line.part, line.line, line.text);
    const command = sent === null ? null : commandOf(sent.text);
    if (command !== null && sent !== null)
      draft.command = inferred(command, 'text', found('', 'text', sent.part, sent.line, sent.text).evidence);
    return;
  }
}
