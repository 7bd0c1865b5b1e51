import type { Evidence } from '../model/evidence.ts';
import type { Action } from '../model/lists.ts';
import { leadingAddress } from './address-lines.ts';
import { inferred, type RecipientDraft } from './draft.ts';
import { hostBeforeAddress, hostIn } from './named-host.ts';
import type { NoticeLine } from './notice.ts';

/**
 * What Exchange writes the same in every language: the diagnosis under an address in the section for administrators
 * (Microsoft Learn, "NDRs in Exchange Server"). Around it everything is translated.
 *
 *   bob@example.com                                        the address, alone on its line
 *   mx.example.com                                         the server that refused, where there is one
 *   #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##    Exchange 2007, 2010
 *   mx.example.com #<mx.example.com #5.1.1 smtp;550 …> #SMTP#
 *   Remote Server returned '550 5.1.1 …'                   Exchange 2013 and later, Microsoft 365
 *   <mx.example.com #5.5.0 smtp;550 …>                     Exchange 2000, 2003
 */
export interface Diagnosis {
  readonly address: { readonly value: string; readonly line: NoticeLine } | null;
  /** Who refused, null where Exchange itself did. */
  readonly host: { readonly value: string; readonly line: NoticeLine } | null;
  /** Enhanced code that Exchange puts in front of what the server said. */
  readonly status: string | null;
  /** What was said, with its codes; null where there is a status only. */
  readonly reply: string | null;
  /** Where the diagnosis starts. */
  readonly line: NoticeLine;
  /** The diagnosis as it stands, its lines joined. */
  readonly text: string;
  readonly form: 'hash' | 'quoted' | 'angle';
  /** The server that wrote the diagnosis, where it names itself. */
  readonly server: string | null;
}

/** The components that refuse, as they name themselves in front of a cause: `RESOLVER.ADR.RecipNotFound`. */
const COMPONENTS = [
  'RESOLVER.',
  'STOREDRV.',
  'QUEUE.',
  'ROUTING.',
  'SMTPSEND.',
  'SMTPRECEIVE.',
  'TRANSPORT.',
  'AGENT.',
  'CONTENTFILTER.',
  'JOURNAL.',
] as const;

/** Is there one of the names of Exchange's components in this text? They are never translated. */
export function hasComponentName(text: string): boolean {
  return COMPONENTS.some((name) => text.includes(name));
}

/** A quoted reply: `'550 5.1.1 …`, in the quotation marks of any language. */
const QUOTED = /(['"‘’‚“”„«‹「『]) ?#?(?=[245]\d\d[ -])/;
const QUOTES = ["'", '"', '‘', '’', '‚', '“', '”', '„', '«', '‹', '「', '『'];
const LETTER = /[\p{L}\p{N}]/u;

/** Can a diagnosis stand in this text? A cheap look at a whole notice. */
export function mayHoldDiagnosis(text: string): boolean {
  return text.includes('#') || QUOTED.test(text);
}

/** Behind the host of `<host #5.1.1>`, `<host #5.5.0 smtp;550 …>`. */
const ANGLE_STATUS = /^#([245]\.\d{1,3}\.\d{1,3})(?: {1,2}smtp;)?(?=[ >]|$|\S)/i;

const HASH_CODE = /^(?:[245]\d\d[ -]|[245]\.\d{1,3}\.\d{1,3}\b|<)/;

const MAX_LINES = 30;

interface Opening {
  readonly form: Diagnosis['form'];
  /** Where in the line the diagnosis starts, its mark left out. */
  readonly at: number;
  /** What closes it. */
  readonly close: string;
  readonly before: string;
}

const CLOSING: Readonly<Record<string, string>> = {
  '‘': '’',
  '‚': '‘',
  '“': '”',
  '„': '“',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
};

function opening(text: string): Opening | null {
  if (text.startsWith('>')) return null; // a quoted report is nobody's
  const hash = text.indexOf('#');
  if (hash !== -1) {
    const angle = text.lastIndexOf('<', hash);
    if (
      angle !== -1 &&
      text[angle - 1] !== '#' &&
      /^[A-Za-z0-9._-]{0,255} ?$/.test(text.slice(angle + 1, hash)) &&
      /^[245]\.\d/.test(text.slice(hash + 1))
    ) {
      const quote = text.charAt(angle - 1);
      // `Remote Server returned '<mx.example.com #5.1.1 smtp;550 5.1.1 …>'`
      if (QUOTES.includes(quote))
        return {
          form: 'quoted',
          at: angle,
          close: CLOSING[quote] ?? quote,
          before: text.slice(0, angle - 1),
        };
      return { form: 'angle', at: angle, close: '>', before: text.slice(0, angle) };
    }
    if ((hash === 0 || text[hash - 1] === ' ') && HASH_CODE.test(text.slice(hash + 1, hash + 16)))
      return { form: 'hash', at: hash + 1, close: '#', before: text.slice(0, hash) };
  }
  const quoted = QUOTED.exec(text);
  if (quoted === null || LETTER.test(text.charAt(quoted.index - 1))) return null;
  const quote = quoted[1] as string;
  const at = quoted.index + quoted[0].length;
  return { form: 'quoted', at, close: CLOSING[quote] ?? quote, before: text.slice(0, quoted.index) };
}

/** Every diagnosis in a notice, in its order. Further attempts at the same address are left out. */
export function readDiagnoses(lines: readonly NoticeLine[]): Diagnosis[] {
  const found: Diagnosis[] = [];
  let after = 0; // first line behind the diagnosis before
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as NoticeLine;
    const open = opening(line.text);
    if (open === null) continue;
    const { text, end } = joined(lines, at, open);
    const address = addressAbove(lines, at, after, open);
    const last = found.at(-1);
    // A list of attempts, the newest first: `5/12/2026 9:02 AM - Server at … returned '451 …'`.
    if (address === null && last !== undefined && at === after) {
      at = end;
      after = end + 1;
      continue;
    }
    found.push({
      ...inner(text, open),
      address,
      host: hostOf(lines, at, after, open),
      line,
      text,
      form: open.form,
    });
    at = end;
    after = end + 1;
  }
  return found;
}

/** The diagnosis with the lines that it was wrapped over. */
function joined(lines: readonly NoticeLine[], at: number, open: Opening): { text: string; end: number } {
  let text = (lines[at] as NoticeLine).text.slice(open.at);
  let end = at;
  while (!isClosed(text, open) && end - at < MAX_LINES) {
    const next = lines[end + 1];
    if (next === undefined || next.text === '' || opening(next.text) !== null) break;
    text += ` ${next.text}`;
    end++;
  }
  return { text, end };
}

function isClosed(text: string, open: Opening): boolean {
  return text.trimEnd().endsWith(open.close);
}

function inner(text: string, open: Opening): Pick<Diagnosis, 'status' | 'reply' | 'server'> {
  if (open.form === 'quoted') {
    const body = text.endsWith(open.close) ? text.slice(0, -open.close.length) : text;
    return innerAngle(body) ?? { status: statusBehindReply(body), reply: body.trim(), server: null };
  }
  const angle = innerAngle(text);
  if (angle !== null) return angle;
  const reply = text.replace(/ ?#{1,2}(?:SMTP#)?$/, '').trim();
  const alone = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(reply);
  if (alone !== null) return { status: reply, reply: null, server: null };
  return { status: statusBehindReply(reply), reply, server: null };
}

/** `<host #5.5.0 smtp;550 …>`, `<host #5.1.1 smtp;550 …> #SMTP#`; host and reply may be missing. */
function innerAngle(text: string): Pick<Diagnosis, 'status' | 'reply' | 'server'> | null {
  const hash = text.indexOf('#');
  const status = text.startsWith('<') ? ANGLE_STATUS.exec(text.slice(hash, hash + 32)) : null;
  if (status === null) return null;
  const end = text.lastIndexOf('>');
  const reply = text.slice(hash + status[0].length, end === -1 ? undefined : end).trim();
  return { status: status[1] as string, reply: reply || null, server: text.slice(1, hash).trim() || null };
}

/** Exchange's own enhanced code; that of a reply it quotes stands behind `->`. */
function statusBehindReply(reply: string): string | null {
  return /^(?:[245]\d\d[ -])?#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(reply)?.[1] ?? null;
}

const BLANKS_BETWEEN = 1;
/** Marks that turn the direction of writing, around addresses in Hebrew and Arabic. */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The address above a diagnosis; only the name of a server may stand between. */
function addressAbove(
  lines: readonly NoticeLine[],
  at: number,
  after: number,
  open: Opening,
): Diagnosis['address'] {
  const own = leadingAddress(open.before);
  if (own !== null) return { value: own.address, line: lines[at] as NoticeLine };
  let blanks = 0;
  for (let above = at - 1; above >= after; above--) {
    const line = lines[above] as NoticeLine;
    if (line.text === '') {
      if (++blanks > BLANKS_BETWEEN) return null;
      continue;
    }
    const leading = leadingAddress(line.text.replace(DIRECTION_MARKS, ''));
    if (leading !== null && (leading.rest === '' || open.form === 'angle'))
      return { value: leading.address, line };
    // Exchange 2003 explains in between, in the language of the server.
    if (hostIn(line.text) === null && open.form !== 'angle') return null;
    if (at - above > 8) return null;
  }
  return null;
}

/** The server that refused: in front of the diagnosis, or alone on the line above it. */
function hostOf(lines: readonly NoticeLine[], at: number, after: number, open: Opening): Diagnosis['host'] {
  const line = lines[at] as NoticeLine;
  if (open.form === 'angle') return null; // the server that wrote the report stands there
  const before = open.before.trim();
  if (open.form === 'hash') return hostIn(before) === null ? null : { value: hostIn(before) as string, line };
  const named = hostBeforeAddress(before, '(');
  if (named !== null) return { value: named, line };
  const above = at > after ? lines[at - 1] : undefined;
  const host = above === undefined ? null : hostIn(above.text);
  return host === null || above === undefined ? null : { value: host, line: above };
}

/** What a diagnosis says of its recipient. `subject`: what the translated subject says was done, null where unknown. */
export function draftOf(diagnosis: Diagnosis, subject: Action | null): RecipientDraft {
  const { address, host, line, reply, status } = diagnosis;
  const backing = at(line, diagnosis.text);
  const draft: RecipientDraft = { action: inferred(actionOf(diagnosis, subject), 'text', backing) };
  if (address !== null) draft.finalRecipient = { value: address.value, evidence: at(address.line) };
  if (host !== null) draft.remoteMta = { value: host.value, evidence: at(host.line) };
  if (status !== null) draft.status = { value: status, evidence: backing };
  if (reply !== null) draft.diagnosticCode = { value: reply, evidence: backing };
  return draft;
}

/**
 * `400 4.4.7 Message delayed` stands in a notice that delivery goes on; when Exchange gives up, it writes a 550 of its
 * own. An enhanced code alone is no sign: Exchange 2003 gives up with `#4.4.7`.
 */
function actionOf({ reply }: Diagnosis, subject: Action | null): Action {
  if (subject !== null) return subject;
  return reply?.startsWith('4') ? 'delayed' : 'failed';
}

function at(line: NoticeLine, joined = ''): Evidence {
  // A diagnosis that was wrapped is quoted as a whole.
  const text = joined.length > line.text.length ? joined : line.text;
  return { from: 'text', part: line.part, line: line.line, text: text.slice(0, 500) };
}
