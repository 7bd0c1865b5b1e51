/**
 * A reply that quotes the reply of another server. The inner one says why; the outer one only that it was passed on.
 * `550 5.7.350 Remote server returned message detected as spam -> 550 5.7.1 …` (Exchange Online, x.x.3xx)
 */
interface Wrapper {
  /** Lower case. The reply stands somewhere behind it. */
  readonly says: string;
  /** Stands before the wrapped reply; null where the reply follows at once. */
  readonly then: string | null;
}

/** Who wraps replies, and how. In the order in which they are tried; the last one in the text counts. */
const WRAPPERS = [
  { says: 'remote server returned', then: '->' }, // Exchange Online
  { says: "remote server returned '", then: null }, // Exchange Server 2010 and later
  { says: ' said: ', then: null }, // Postfix
  { says: 'refused to talk to me: ', then: null }, // Postfix
  { says: '(last: ', then: null }, // IronPort
  { says: '(in reply: ', then: null },
  { says: 'remote host said: ', then: null }, // qmail
  { says: 'remote mta replied: ', then: null },
  { says: 'error from remote mail server after', then: ': ' }, // Exim
  { says: 'smtp error from remote', then: ': ' }, // Exim
  { says: 'the response from the remote server was:', then: null }, // Gmail
  { says: 'the error that the other server returned was:', then: null }, // Gmail
  { says: 'responded: ', then: null },
  { says: 'response was: ', then: null },
  { says: 'server response: ', then: null },
  { says: 'answered: ', then: null },
  { says: '<<< ', then: null }, // Sendmail
] as const satisfies readonly Wrapper[];

const REPLY = /^[\s"'<(]{0,3}[245]\d\d(?![\d.])/;
const STATUS = /^[\s"'<(#]{0,3}[245]\.\d{1,3}\.\d{1,3}/;

/** A text with more marks than this is no quotation. */
const MOST_MARKS = 16;

/** The innermost reply, or null where the text wraps none. */
export function unwrap(text: string): string | null {
  const lower = text.toLowerCase();
  let inner = -1;
  for (const { says, then } of WRAPPERS) {
    const at = lower.lastIndexOf(says);
    if (at < 0) continue;
    inner = Math.max(
      inner,
      then === null ? replyAt(text, at + says.length) : lastReplyBehind(text, lower, then, at + says.length),
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
