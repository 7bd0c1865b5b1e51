/**
 * A reply that quotes the reply of another server. The inner one says why; the outer one only that it was passed on.
 * `550 5.7.350 Remote server returned message detected as spam -> 550 5.7.1 …` (Exchange Online, x.x.3xx)
 */
interface Wrapper {
  /** Lower case. The reply stands somewhere behind it. */
  readonly says: string;
  /** Stands before the wrapped reply; null where the reply follows at once. */
  readonly mark: string | null;
}

/** Who wraps replies, and how. In the order in which they are tried; the last one in the text counts. */
const WRAPPERS = [
  { says: 'remote server returned', mark: '->' }, // Exchange Online
  { says: "remote server returned '", mark: null }, // Exchange Server 2010 and later
  { says: ' said: ', mark: null }, // Postfix
  { says: 'refused to talk to me: ', mark: null }, // Postfix
  { says: '(last: ', mark: null }, // IronPort
  { says: '(in reply: ', mark: null },
  { says: 'remote host said: ', mark: null }, // qmail
  { says: 'remote mta replied: ', mark: null },
  { says: 'error from remote mail server after', mark: ': ' }, // Exim
  { says: 'smtp error from remote', mark: ': ' }, // Exim
  { says: 'the response from the remote server was:', mark: null }, // Gmail
  { says: 'the error that the other server returned was:', mark: null }, // Gmail
  { says: 'responded: ', mark: null },
  { says: 'response was: ', mark: null },
  { says: 'server response: ', mark: null },
  { says: 'answered: ', mark: null },
  { says: '<<< ', mark: null }, // Sendmail
] as const satisfies readonly Wrapper[];

/** What the quoted reply is about where the wrapper checks the sender: never the recipient. */
const OF_SENDER = ['sender address rejected', 'sender verify failed', 'sender verification failed'];

/** Behind the start of the text. */
const SECOND_REPLY = /[^\d\n][\s:>'"(<#][245](?:\d\d[\s\-#]|\.\d{1,3}\.\d)/;
const REPLY = /^[\s"'<(]{0,3}[245]\d\d(?![\d.])/;
const STATUS = /^[\s"'<(#]{0,3}[245]\.\d{1,3}\.\d{1,3}/;

/** A text with more marks than this is no quotation. */
const MOST_MARKS = 16;

/** What Exim's queue appends to the last reply when it gives up. */
const GAVE_UP = ': retry timeout exceeded';

/** The innermost reply without what a queue said about it, or null where the text is nothing else. */
export function unwrap(text: string): string | null {
  const inner = quoted(text);
  const reply = inner ?? text;
  return reply.endsWith(GAVE_UP) && replyAt(reply, 0) === 0 ? reply.slice(0, -GAVE_UP.length) : inner;
}

/** What each wrapper holds, its own words or its mark. */
const QUOTES = [': ', '->', "returned '", '<<< '] as const;

function quoted(text: string): string | null {
  if (!QUOTES.some((mark) => text.includes(mark)) || !SECOND_REPLY.test(text)) return null;
  const lower = text.toLowerCase();
  if (OF_SENDER.some((words) => lower.includes(words))) return null;
  let inner = -1;
  for (const { says, mark } of WRAPPERS) {
    const at = lower.lastIndexOf(says);
    if (at < 0) continue;
    inner = Math.max(
      inner,
      mark === null ? replyAt(text, at + says.length) : lastReplyBehind(text, lower, mark, at + says.length),
    );
  }
  return inner < 0 ? null : text.slice(inner).trimStart();
}

function lastReplyBehind(text: string, lower: string, mark: string, from: number): number {
  let at = lower.length;
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
  const head = text.slice(at, at + 16);
  return REPLY.test(head) || STATUS.test(head) ? at : -1;
}
