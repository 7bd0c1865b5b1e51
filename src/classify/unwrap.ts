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

/** The innermost reply, or null where the text wraps none. */
export function unwrap(text: string): string | null {
  const lower = text.toLowerCase();
  let inner = -1;
  for (const { says, then } of WRAPPERS) {
    let at = lower.lastIndexOf(says);
    if (at < 0) continue;
    at += says.length;
    if (then !== null) {
      const arrow = lower.indexOf(then, at);
      if (arrow < 0) continue;
      at = arrow + then.length;
    }
    if (at > inner && startsReply(text, at)) inner = at;
  }
  return inner < 0 ? null : text.slice(inner).trimStart();
}

function startsReply(text: string, at: number): boolean {
  const head = text.slice(at, at + 16);
  return REPLY.test(head) || STATUS.test(head);
}
