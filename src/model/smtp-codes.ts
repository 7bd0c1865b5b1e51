/**
 * The lexical side of an SMTP reply: where in a text its codes stand. Shared by `extract` and `classify`.
 * Reply codes: RFC 5321 §4.2. Enhanced codes: RFC 3463 §2 (class 2, 4, 5; no leading zeros).
 */
export interface SmtpCodes {
  /** Three digits. */
  readonly replyCode: string | null;
  readonly status: string | null;
}

const NONE: SmtpCodes = { replyCode: null, status: null };

/** `5.1.1`, also as `#5.1.1` and `(#5.1.1)`; not the inside of an address, a version or an IP number. */
const STATUS = /(?<![\w.[/@-])#?([245]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2}))(?![\d@-])(?!\.\d)/;
const STATUS_ONLY = /^([245]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2}))(?!\d)/;

/** A reply code at the very start, as a server writes it: `550 `, `550-`, `#550 `, `"550`, `550: `, `550;`. */
const REPLY_AT_START = /^[\s#"'<([]{0,4}([245]\d\d)(?=$|[\s:;,#'")\]>-]|\.\s)/;

/** `5.1.1 550 text` */
const REPLY_BEHIND_STATUS = /^#?[245]\.\d{1,3}\.\d{1,3} {1,2}([245]\d\d)(?=$|[\s-])/;

/** In the middle: `5.3.0 - Other mail system problem 550-'text`. */
const REPLY_AFTER = /(?<![\w.:/@[-])([45][0-5]\d)(?:[ :-]{1,2}['"]?#?[245]\.\d{1,3}\.\d|-['"#]?[^\s\d]|: )/;

/** `said: 550 text`, `responded with 550`, `<<< 550 text`: a reply that other words lead in. */
const REPLY_LED_IN =
  /(?:said|replied|respon(?:ded|se)(?: was| with)?|returned|answered|error(?: code)?|code|status|rejected|failed|>>>|<<<|->|smtp;)[ :"'#(<[]{1,3}([45][0-5]\d)(?=$|[\s:;,#'")\]>-]|\.\s)/i;

/** What stands right behind a reply code: its enhanced code, in one of the spellings that servers use. */
const STATUS_BEHIND =
  /^[\s:;,#'")\]>-]{0,6}(?:\[?#?)([245]\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2}))(?![\d@])(?!\.\d)/;

/** Reply code and enhanced code of a reply, in the order of how well they are bound: a reply code at the start first. */
export function readCodes(text: string): SmtpCodes {
  if (text === '') return NONE;
  const reply =
    REPLY_AT_START.exec(text) ??
    REPLY_BEHIND_STATUS.exec(text) ??
    REPLY_LED_IN.exec(text) ??
    REPLY_AFTER.exec(text);
  if (reply === null) return { replyCode: null, status: STATUS.exec(text)?.[1] ?? null };
  // A greeting in front of the refusal: `220-mx.example 421 4.2.1 Service refused`.
  if (reply[1]?.startsWith('2')) {
    const refusal = REPLY_AFTER.exec(text);
    if (refusal !== null) return readCodes(text.slice(refusal.index));
  }
  const replyCode = reply[1] as string;
  const end = reply.index + reply[0].lastIndexOf(replyCode) + 3;
  const behind = STATUS_BEHIND.exec(text.slice(end, end + 24));
  const apart = STATUS.exec(text)?.[1] ?? null;
  // Apart from the reply code and of another class, it is no code of this reply: `550 HELO is no name (RFC 2821 4.1.3)`.
  return { replyCode, status: behind?.[1] ?? (apart?.[0] === replyCode[0] ? apart : null) };
}

/** The enhanced code that a Status field starts with, null where it holds none: `5.1.1 (bad address)` → `5.1.1`. */
export function readStatus(value: string): string | null {
  return STATUS_ONLY.exec(value.trimStart())?.[1] ?? null;
}

/** `5.0.0`: a class that says no more than the first digit of the reply (RFC 3463 §3.1). */
export function isUnspecific(status: string): boolean {
  return status.endsWith('.0.0');
}
