import { decodeWords } from '../mime/headers.ts';
import { type Message, once } from '../mime/scan.ts';
import { bareAddress } from './addresses.ts';
import { DELAYED, FAILED, FINAL, readWording } from './phrases.ts';

/** What the header of a message says about who sent it. Looked at once per message, and only where asked for. */
export function readShape(message: Message): Shape {
  return once(message, shapeOf);
}

const shapeOf = (message: Message): Shape => new Shape(message);

const DAEMON_LOCAL =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|post[-_.]office|postoffice|mail[-_.]delivery|mail\.delivery\.(?:sub)?system|mail[-_.]?system|maildelivery|delivery[-_.]?(?:status|notification|report)s?|mmdf|uucp|notes[-_.]?router|mail[-_.]?router|maiser|bounces?|ndr|dsn|microsoftexchange[0-9a-f]{8,40})(?:[-+_.=].{0,60})?$/;
const DAEMON_NAME =
  /mail(?:er)?[- ]?daemon|mail deliver[a-z]{1,3} (?:sub)?system|delivery (?:subsystem|system|status|notification|failure)|postmaster|mail administrator|system administrator|mail (?:system|server|gateway)|ndr administrator|jetmail|interscan/;
const REPLIED =
  /^(?:re|fwd?|aw|wg|tr|rv|sv|vs|vl|antw|odp|回复|回覆|转发|轉寄|答复)(?:\[\d{1,3}\])?\s{0,3}[:：]/;

export class Shape {
  /** A machine-readable delivery status stands in a part of its own (RFC 3464). */
  readonly statusPart: boolean;
  readonly #message: Message;
  readonly #values = new Map<string, string | null>();
  #daemon: boolean | undefined;
  #nullSender: boolean | undefined;
  #report: boolean | undefined;
  #subject: number | undefined;
  #automatic: boolean | undefined;

  constructor(message: Message) {
    this.#message = message;
    this.statusPart = message.leaves.some((leaf) => leaf.type.endsWith('delivery-status'));
  }

  /** First value of a field, lower case, encoded-words decoded. */
  header(name: string): string | null {
    let value = this.#values.get(name);
    if (value === undefined) {
      const raw = this.#message.headers.get(name);
      this.#values.set(name, (value = raw === null ? null : decodeWords(raw).toLowerCase()));
    }
    return value;
  }

  /** From is a mail system: `MAILER-DAEMON`, `postmaster`, `Mail Delivery System`. */
  get daemon(): boolean {
    return (this.#daemon ??= isDaemon(this.header('from') ?? ''));
  }

  /** The null sender (RFC 5321 §4.5.5), in a form that it has on arrival. */
  get nullSender(): boolean {
    if (this.#nullSender !== undefined) return this.#nullSender;
    const path = this.header('return-path')?.trim();
    const none = path === '' || path === '<>' || path === '< >';
    return (this.#nullSender = none || (path?.includes('mailer-daemon') ?? false));
  }

  /**
   * Somebody answers for it: a return path that is neither null (RFC 3464 §2) nor a mail system's, nor the address that
   * it came to, which old list managers put there.
   */
  get answerable(): boolean {
    const path = bareAddress(this.header('return-path') ?? '');
    return (
      path !== null && !this.nullSender && !isDaemon(path) && !(this.header('to')?.includes(path) ?? false)
    );
  }

  /** A part or a header field that only reports have. */
  get report(): boolean {
    return (this.#report ??=
      this.statusPart ||
      this.header('x-failed-recipients') !== null ||
      this.header('final-recipient') !== null ||
      (this.#message.root.type === 'multipart/report' &&
        !/disposition|feedback/.test(this.header('content-type') ?? '')));
  }

  /** What the subject says: FAILED, DELAYED, FINAL. */
  get subject(): number {
    return (this.#subject ??= readWording(this.header('subject') ?? '') & (FAILED | DELAYED | FINAL));
  }

  /**
   * Made by a program: a mail system, the null sender, a report, or Auto-Submitted (RFC 3834 §5), which a help desk and a
   * monitor send, too, and answer for.
   */
  get automatic(): boolean {
    if (this.#automatic !== undefined) return this.#automatic;
    const submitted = this.header('auto-submitted')?.trimStart();
    const said = submitted !== undefined && !submitted.startsWith('no');
    return (this.#automatic = this.daemon || this.nullSender || this.report || (said && !this.answerable));
  }

  /** A reply or a forward by somebody who is no mail system; a postmaster answers from the address of one. */
  get personal(): boolean {
    if (!REPLIED.test(this.header('subject')?.trimStart() ?? '')) return false;
    if (!this.daemon) return true;
    const path = this.header('return-path') ?? '';
    const threaded = this.header('in-reply-to') !== null || this.header('references') !== null;
    return path.includes('@') && threaded && this.header('auto-submitted') === null;
  }
}

function isDaemon(from: string): boolean {
  const trimmed = from.trim();
  const local = (bareAddress(trimmed, true) ?? trimmed).split('@', 1)[0] as string;
  // `Postmaster via RT`: lists and help desks pass on whom they speak for.
  const named = DAEMON_NAME.test(trimmed) && !trimmed.includes(' via ');
  return DAEMON_LOCAL.test(local) || named || trimmed === '<>' || trimmed.endsWith(' <>');
}
