import type { Message } from '../mime/scan.ts';
import { bareAddress } from './addresses.ts';
import { DELAYED, FAILED, FINAL, readWording } from './phrases.ts';

/** What the header of a message says about who sent it: a mail system, or somebody else. */
export interface Shape {
  /** First value of each field, lower case, encoded-words decoded where it is From or Subject. */
  header(name: string): string | null;
  /** From is a mail system: `MAILER-DAEMON`, `postmaster`, `Mail Delivery System`. */
  readonly daemon: boolean;
  /** The null sender (RFC 5321 §4.5.5), in a form that it has on arrival. */
  readonly nullSender: boolean;
  /** A part or a header that only reports have. */
  readonly report: boolean;
  /** What the subject says: FAILED, DELAYED, FINAL. */
  readonly subject: number;
  /** Made by a program: any of the above, or Auto-Submitted (RFC 3834 §5). */
  readonly automatic: boolean;
  /** A reply or a forward by somebody who is no mail system. */
  readonly personal: boolean;
  /** A machine-readable delivery status stands in a part of its own (RFC 3464). */
  readonly statusPart: boolean;
}

const SHAPES = new WeakMap<Message, Shape>();

/** Looks at the header once per message. */
export function readShape(message: Message): Shape {
  let shape = SHAPES.get(message);
  if (shape === undefined) {
    shape = shapeOf(message);
    SHAPES.set(message, shape);
  }
  return shape;
}

const DAEMON_LOCAL =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|post[-_.]office|postoffice|mail[-_.]delivery|mail\.delivery\.(?:sub)?system|mail[-_.]?system|maildelivery|delivery[-_.]?(?:status|notification|report)s?|mmdf|uucp|bounces?|ndr|dsn|microsoftexchange[0-9a-f]{8,40})(?:[-+_.=].{0,60})?$/;
const DAEMON_NAME =
  /mail(?:er)?[- ]?daemon|mail deliver[a-z]{1,3} (?:sub)?system|delivery (?:subsystem|system|status|notification|failure)|postmaster|mail administrator|system administrator|mail (?:system|server|gateway)|ndr administrator|jetmail|interscan/;
const REPLIED =
  /^(?:re|fwd?|aw|wg|tr|rv|sv|vs|vl|antw|odp|回复|回覆|转发|轉寄|答复)(?:\[\d{1,3}\])?\s{0,3}[:：]/;

function shapeOf(message: Message): Shape {
  const { headers } = message;
  const lower = new Map<string, string>();
  for (const { name, value } of headers.fields) if (!lower.has(name)) lower.set(name, value.toLowerCase());
  for (const name of ['from', 'subject']) {
    const value = headers.text(name);
    if (value !== null) lower.set(name, value.toLowerCase());
  }
  const header = (name: string): string | null => lower.get(name) ?? null;
  const from = header('from') ?? '';
  const path = header('return-path');
  const local = (bareAddress(from, true) ?? from.trim()).split('@', 1)[0] ?? '';
  const daemon = DAEMON_LOCAL.test(local) || DAEMON_NAME.test(from) || /(?:^|\s)<>$/.test(from.trim());
  const nullSender =
    path !== null && (/^\s{0,9}(?:<\s{0,3}>)?\s{0,9}$/.test(path) || path.includes('mailer-daemon'));
  const statusPart = message.leaves.some((leaf) => leaf.type.endsWith('delivery-status'));
  const subject = readWording(header('subject') ?? '') & (FAILED | DELAYED | FINAL);
  const report =
    statusPart ||
    lower.has('x-failed-recipients') ||
    lower.has('final-recipient') ||
    (message.root.type === 'multipart/report' && !/disposition|feedback/.test(header('content-type') ?? ''));
  const submitted = header('auto-submitted');
  const automatic =
    daemon || nullSender || report || (submitted !== null && !submitted.trimStart().startsWith('no'));
  const personal = !daemon && REPLIED.test(header('subject')?.trimStart() ?? '');
  return { header, daemon, nullSender, report, subject, automatic, personal, statusPart };
}
