import type { Message } from '../mime/scan.ts';
import type { Kind } from '../model/lists.ts';
import type { MessageHeader } from '../model/report.ts';

/** May a program answer this message, and why. */
export interface ReplyAdvice {
  readonly shouldReply: boolean;
  /** One sentence for a person. */
  readonly why: string;
}

const BY_KIND = {
  bounce: 'A delivery report is answered by nobody.',
  delay: 'A delivery report is answered by nobody.',
  delivery: 'A delivery report is answered by nobody.',
  'auto-reply': 'An automatic reply to an automatic reply is a loop.',
  feedback: 'A complaint is acted on, not answered.',
  disposition: 'A receipt is answered by nobody.',
} as const satisfies Record<Exclude<Kind, 'other'>, string>;

/** Fields with which mail programs, lists and help desks mark what must not be answered. */
const MARKS = [
  ['list-id', 'It comes through a mailing list (RFC 2919).'],
  ['list-unsubscribe', 'It is bulk mail (RFC 2369).'],
  ['list-post', 'It comes through a mailing list (RFC 2369).'],
  ['feedback-id', 'It is bulk mail.'],
  ['x-ricevuta', 'It is a receipt of certified mail (RFC 6109).'],
  ['x-loop', 'A program that looks for loops wrote it.'],
  ['x-cron-env', 'A job of cron wrote it.'],
] as const;

/**
 * Loop guard for what answers mail by itself: RFC 3834 §2 (no answer to automatic mail, to a null return path, or to
 * a list), §3.1.8, and Exchange's X-Auto-Response-Suppress (MS-OXCMAIL §2.1.3.2.20).
 */
export function adviseReply(message: Message, kind: Kind, header: MessageHeader): ReplyAdvice {
  const { headers } = message;
  if (kind !== 'other') return no(BY_KIND[kind]);
  if (header.from === null) return no('There is no address to answer to.');
  if (header.returnPath === '') return no('The return path is null (RFC 3834 §2).');
  if (message.root.type === 'multipart/report') return no('A report is answered by nobody (RFC 6522).');
  if (message.leaves.some((leaf) => leaf.type === 'text/calendar')) return no('A calendar answers it.');
  if (NOBODY.test(header.from)) return no(`Nobody reads ${header.from}.`);
  const auto = headers.get('auto-submitted');
  if (auto !== null && !/^\s{0,9}no\b/i.test(auto))
    return no(`A program wrote it: Auto-Submitted: ${auto.slice(0, 40)}.`);
  const precedence = headers.get('precedence') ?? '';
  if (/^\s{0,9}(?:bulk|list|junk|auto[_-]reply)\b/i.test(precedence))
    return no(`Precedence: ${precedence.slice(0, 40)}.`);
  if (/\b(?:all|autoreply|oof)\b/i.test(headers.get('x-auto-response-suppress') ?? ''))
    return no('X-Auto-Response-Suppress asks for no automatic answer.');
  const mark = MARKS.find(([name]) => headers.has(name));
  if (mark !== undefined) return no(mark[1]);
  return { shouldReply: true, why: 'Nothing says that a program or a list wrote it.' };
}

/** RFC 3834 §2, RFC 2142 §4, and addresses that say so themselves. */
const NOBODY =
  /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|listserv|majordomo|(?:[a-z0-9._+-]{0,40}[._-])?(?:no-?reply|do-?not-?reply|request|bounces?)|owner-[^@]{1,64}|[^@]{1,64}-owner)(?:[+._-][^@]{0,64})?@/i;

function no(why: string): ReplyAdvice {
  return { shouldReply: false, why };
}
