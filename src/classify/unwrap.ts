/**
 * A reply that quotes the reply of another server. The inner one says why; the outer one only that it was passed on.
 * `550 5.7.350 Remote server returned message detected as spam -> 550 5.7.1 …` (Exchange Online, x.x.3xx)
 */
interface Wrapper {
  /** Lower case. The reply stands somewhere behind it. */
  readonly says: string;
  /** Stands before the wrapped reply; null where the reply follows at once. */
  readonly mark: string | null;
  /** Its own words tell no cause, only that this is a reply. */
  readonly bare?: true;
}

/** The reply inside of another text. */
export interface Unwrapped {
  readonly reply: string;
  /** The words round it tell nothing. */
  readonly bare: boolean;
}

/** Who wraps replies, and how. In the order in which they are tried; the last one in the text counts. */
const WRAPPERS: readonly Wrapper[] = [
  { says: 'remote server returned', mark: '->' }, // Exchange Online
  { says: "remote server returned '", mark: null }, // Exchange Server 2010 and later
  { says: "returned '<", mark: 'smtp;', bare: true }, // Exchange Server 2013 and later
  { says: ' said:', mark: null, bare: true }, // Postfix
  { says: 'refused to talk to me:', mark: null }, // Postfix
  { says: '(last:', mark: null }, // IronPort
  { says: '(in reply:', mark: null },
  { says: 'remote host said:', mark: null }, // qmail
  { says: 'remote mta replied:', mark: null },
  { says: 'error from remote mail server after', mark: ':', bare: true }, // Exim
  { says: 'smtp error from remote', mark: ':', bare: true }, // Exim
  { says: 'the response from the remote server was:', mark: null, bare: true }, // Gmail
  { says: 'the error that the other server returned was:', mark: null, bare: true }, // Gmail
  { says: 'responded:', mark: null },
  { says: 'the server response was:', mark: null, bare: true }, // .NET, whose words in front follow from the code
  { says: 'response was:', mark: null },
  { says: 'server response:', mark: null },
  { says: 'answered:', mark: null },
  { says: '<<<', mark: null, bare: true }, // Sendmail
  { says: 'stat=', mark: null, bare: true }, // Sendmail's log
  { says: 'reply=', mark: null, bare: true }, // Sendmail's log
  { says: 'recipients were rejected:', mark: null, bare: true }, // Nodemailer
  { says: ' command failed:', mark: null, bare: true }, // Nodemailer, PHPMailer
  { says: 'message failed:', mark: null, bare: true }, // Nodemailer
  { says: 'recipients failed:', mark: ':', bare: true }, // PHPMailer
  { says: 'with message "', mark: null, bare: true }, // Symfony Mailer, Swift Mailer
  { says: 'exception:', mark: null, bare: true }, // Jakarta Mail
];

/** What the quoted reply is about where the wrapper checks the sender: never the recipient. */
const OF_SENDER = ['sender address rejected', 'sender verify failed', 'sender verification failed'];

/** Behind the start of the text. */
const SECOND_REPLY = /[^\d\n]\n?[\s:;>'"(<#=][245](?:\d\d[\s\-#]|\.\d{1,3}\.\d)/;
/** Close behind a mark a number may be the line of a program, as in `Mime.java:212, …`. */
const REPLY = /^(?:[\s"'<(]{1,8}[245]\d\d(?![\d.])|[245]\d\d(?=[ \-#]|$))/;
const STATUS = /^[\s"'<(#]{0,8}[245]\.\d{1,3}\.\d{1,3}/;
const HEAD = 24;

/** A text with more marks than this is no quotation. */
const MOST_MARKS = 16;

/** What Exim's queue appends to the last reply when it gives up. */
const GAVE_UP = ': retry timeout exceeded';

/** The innermost reply without what a queue said about it, or null where the text is nothing else. */
export function unwrap(text: string): Unwrapped | null {
  const inner = quoted(text);
  const reply = inner?.reply ?? text;
  if (!reply.endsWith(GAVE_UP) || replyAt(reply, 0) !== 0) return inner;
  return { reply: reply.slice(0, -GAVE_UP.length), bare: inner?.bare ?? false };
}

/** What each wrapper holds, its own words or its mark. */
const QUOTES = [':', '->', "returned '", '<<<', '=', '"'] as const;

function quoted(text: string): Unwrapped | null {
  if (!QUOTES.some((mark) => text.includes(mark)) || !SECOND_REPLY.test(text)) return null;
  const lower = text.toLowerCase();
  let end = lower.length;
  for (const words of OF_SENDER) {
    const at = lower.indexOf(words);
    if (at !== -1 && at < end) end = at;
  }
  let inner = -1;
  let bare = false;
  for (const wrapper of WRAPPERS) {
    const { says, mark } = wrapper;
    const at = lower.lastIndexOf(says, end);
    if (at < 0) continue;
    const from = at + says.length;
    const found = mark === null ? replyAt(text, from) : lastReplyBehind(text, lower, mark, from, end);
    if (found <= inner) continue;
    inner = found;
    // Behind a code of its own the text is a reply, and tells of more than the one that it quotes.
    bare = wrapper.bare === true && replyAt(text, 0) === -1;
  }
  return inner < 0 ? null : { reply: text.slice(inner).trimStart(), bare };
}

function lastReplyBehind(text: string, lower: string, mark: string, from: number, end: number): number {
  let at = end;
  for (let tries = 0; tries < MOST_MARKS; tries++) {
    at = lower.lastIndexOf(mark, at - 1);
    if (at < from) return -1;
    const found = replyAt(text, at + mark.length);
    if (found >= 0) return found;
  }
  return -1;
}

/** `at`, where a reply starts there; -1 otherwise. */
function replyAt(text: string, at: number): number {
  const head = text.slice(at, at + HEAD);
  return REPLY.test(head) || STATUS.test(head) ? at : -1;
}
