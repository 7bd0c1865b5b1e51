const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 §4.3, and zones that servers print. A zone that is not here is not known: the date gets no offset. */
const ZONES: Readonly<Record<string, string>> = {
  ut: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  z: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  bst: '+01:00',
  cet: '+01:00',
  cest: '+02:00',
  met: '+01:00',
  mest: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  jst: '+09:00',
};

/** `Fri, 21 Nov 2014 14:17:34 -0800 (PST)` */
const RFC5322 =
  /^(?:[a-z]{3,9},? {1,4})?(\d{1,2})[ -]{1,4}([a-z]{3})[a-z]{0,6}[ -]{1,4}(\d{2,4}),? {1,4}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: {1,4}([+-]\d{4}|[a-z]{1,5}))?/i;

/** asctime, as ctime(3) prints it: `Fri Nov 21 14:17:34 2014`, with an optional zone in front of or behind the year. */
const ASCTIME =
  /^[a-z]{3},? {1,4}([a-z]{3}) {1,4}(\d{1,2}) {1,4}(\d{1,2}):(\d{2}):(\d{2})(?: {1,4}([a-z]{3,4}))? {1,4}(\d{4})(?: {1,4}([+-]\d{4}))?/i;

/** ISO 8601; SendGrid writes `2026-03-23 13-14-10`. */
const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}[:-]\d{2}(?:[:-]\d{2})?)(?:\.\d{1,9})? ?(Z|[+-]\d{2}:?\d{2})?/i;

/**
 * A date field as ISO 8601, with the offset that it carries; without one where it carries none. Null where the
 * value is no date (RFC 5322 §3.3, with the obsolete forms of §4.3, asctime and ISO 8601).
 */
export function parseDate(value: string): string | null {
  const text = value.trim();
  const a = RFC5322.exec(text);
  if (a !== null) return build(a[3], a[2], a[1], a[4], a[5], a[6], a[7]);
  const b = ASCTIME.exec(text);
  if (b !== null) return build(b[7], b[1], b[2], b[3], b[4], b[5], b[8] ?? b[6]);
  const c = ISO.exec(text);
  if (c === null) return null;
  const time = (c[2] as string).replaceAll('-', ':');
  return `${c[1]}T${time.length === 5 ? `${time}:00` : time}${offset(c[3]?.replace(':', ''))}`;
}

type Digits = string | undefined;

function build(
  y: Digits,
  mon: Digits,
  d: Digits,
  h: Digits,
  min: Digits,
  s: Digits,
  zone: Digits,
): string | null {
  const month = MONTHS.indexOf((mon as string).slice(0, 3).toLowerCase()) + 1;
  let year = Number(y);
  if (year < 50) year += 2000;
  else if (year < 1000) year += 1900; // RFC 5322 §4.3: two and three digits
  const day = Number(d);
  const hour = Number(h);
  if (month === 0 || day < 1 || day > 31 || hour > 23 || Number(min) > 59 || Number(s ?? 0) > 60) return null;
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}T${pad(hour)}:${min}:${s ?? '00'}${offset(zone)}`;
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

function offset(zone: Digits): string {
  if (zone === undefined) return '';
  if (zone[0] === '+' || zone[0] === '-') return `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return ZONES[zone.toLowerCase()] ?? '';
}
