import { bareAddress } from '../extract/addresses.ts';
import { type Daticert, type Datum, readDaticert } from '../extract/daticert.ts';
import { parseDate } from '../extract/dates.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { findOriginalPart, messageIds } from '../extract/original.ts';
import { readPecNotice } from '../extract/pec-notice.ts';
import { readShape } from '../extract/shape.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Action } from '../model/lists.ts';
import type { Original } from '../model/report.ts';
import { readCodes } from '../model/smtp-codes.ts';
import type { Claim, Format } from './format.ts';

interface Receipt {
  readonly action: Action;
  /** What its subject starts with. */
  readonly title: string;
  /** The element that names whom it speaks of. */
  readonly names: 'consegna' | 'ricezione' | 'destinatari';
  /** Where that element is missing, it speaks of all that the message was written to. */
  readonly ofAll: boolean;
}

/** The receipts that tell of delivery. `accettazione` does not: the sender's own provider took the message. */
const RECEIPTS: ReadonlyMap<string, Receipt> = new Map([
  ['errore-consegna', receipt('failed', 'avviso di mancata consegna', 'consegna')],
  ['preavviso-errore-consegna', receipt('delayed', 'avviso di mancata consegna', 'consegna')],
  ['avvenuta-consegna', receipt('delivered', 'consegna:', 'consegna')],
  ['presa-in-carico', receipt('relayed', 'presa in carico', 'ricezione', true)],
  ['non-accettazione', receipt('failed', 'avviso di non accettazione', 'destinatari', true)],
  ['rilevazione-virus', receipt('failed', 'problema di sicurezza', 'consegna', true)],
]);

function receipt(action: Action, title: string, names: Receipt['names'], ofAll = false): Receipt {
  return { action, title, names, ofAll };
}

/** `errore`: "wrong recipient" and "wrong domain" (RFC 6109), as RFC 3463 §3.2 has them. `virus` has no code there. */
const STATUS: ReadonlyMap<string, string> = new Map([
  ['no-dest', '5.1.1'],
  ['no-dominio', '5.1.2'],
]);

/**
 * Receipts of Italian certified mail, posta elettronica certificata: X-Ricevuta in the header, a notice in fixed words,
 * and the same as data in daticert.xml. Technical rules: DM 2 November 2005, annex; in English RFC 6109.
 */
export const pec = {
  id: 'pec',
  // Below a delivery-status part, which somebody else wrote.
  maxConfidence: 0.99,

  recognise(message: Message): Claim | null {
    if (!message.headers.has('x-ricevuta') && !isByProvider(message)) return null;
    const seen = once(message, readReceipt);
    if (seen === null) return null;
    const { type, data } = seen;
    if (data !== null) return { confidence: 0.99, why: `daticert.xml of a receipt: ${type}` };
    return { confidence: 0.9, why: `X-Ricevuta: ${type}, and the words of that receipt` };
  },

  extract(message: Message): Extraction {
    const seen = once(message, readReceipt);
    if (seen === null) return { recipients: [] };
    const { receipt: of, data, evidence } = seen;
    const action = inferred(of.action, evidence.from, evidence);
    const shared: RecipientDraft = { action };
    if (of.action === 'failed' || of.action === 'delayed') readFailure(shared, message, data);
    else shared.lastAttemptDate = dateOf(data);
    // Without an address it is still a report of its kind.
    const named = whom(message, of, data);
    const recipients: RecipientDraft[] = named.map((finalRecipient) => ({ finalRecipient, ...shared }));
    if (recipients.length === 0) recipients.push(shared);
    // The receipt in full returns the message, which says more.
    if (findOriginalPart(message) !== null) return { recipients };
    return { recipients, original: originalOf(message, data) };
  },
} satisfies Format;

interface Seen {
  readonly type: string;
  readonly receipt: Receipt;
  readonly data: Daticert | null;
  /** What says which receipt it is. */
  readonly evidence: Evidence;
}

/** The address that the rules prescribe. */
function isByProvider(message: Message): boolean {
  return readShape(message).header('from')?.includes('posta-certificata@') ?? false;
}

/** One mark alone can stand in any mail: the data with a field of the header, or that field with two other marks. */
function readReceipt(message: Message): Seen | null {
  const { headers } = message;
  const field = headers.field('x-ricevuta');
  // It is on the envelope of mail that people wrote.
  if (headers.has('x-trasporto')) return null;
  const data = readDaticert(message);
  const root = data?.first('postacert') ?? null;
  // The data are what is certified: they count where both speak.
  const said = root?.attributes.get('tipo') ?? field?.value ?? '';
  const type = said.trim().toLowerCase();
  const of = RECEIPTS.get(type);
  if (of === undefined) return null;
  if (root !== null) return { type, receipt: of, data, evidence: root.evidence };
  if (field === null) return null;
  const subject = headers.text('subject')?.trim().toLowerCase() ?? '';
  const marks = [
    isByProvider(message),
    subject.startsWith(of.title),
    headers.has('x-riferimento-message-id'),
    readPecNotice(message) !== null,
  ];
  if (marks.filter(Boolean).length < 2) return null;
  const { evidence } = found('', 'header', '0', field.line, `X-Ricevuta: ${field.value}`);
  return { type, receipt: of, data: null, evidence };
}

function whom(message: Message, { names, ofAll }: Receipt, data: Daticert | null): readonly Found[] {
  const named = addressesIn(data?.all(names) ?? []);
  if (named.length > 0) return named;
  const written = addressesIn(
    // Only certified providers take a message in charge.
    (data?.all('destinatari') ?? []).filter(
      (d) => names !== 'ricezione' || d.attributes.get('tipo') !== 'esterno',
    ),
  ).map(({ value, evidence }) => inferred(value, 'delivery-status', evidence));
  if (ofAll && written.length > 0) return written;
  const told = readPecNotice(message)?.addresses ?? [];
  if (told.length > 0) return ofAll ? told : told.slice(0, 1);
  return written.length === 1 ? written : [];
}

function addressesIn(data: readonly Datum[]): Found[] {
  const addresses = new Map<string, Found>();
  for (const { value, evidence } of data) {
    const address = bareAddress(value);
    if (address !== null && !addresses.has(address.toLowerCase()))
      addresses.set(address.toLowerCase(), { value: address, evidence });
  }
  return [...addresses.values()];
}

function readFailure(draft: RecipientDraft, message: Message, data: Daticert | null): void {
  const detail = data?.first('errore-esteso') ?? null;
  const reason = detail === null || detail.value === '' ? readPecNotice(message)?.reason : detail;
  if (reason) draft.diagnosticCode = { value: reason.value, evidence: reason.evidence };
  const root = data?.first('postacert') ?? null;
  const status = STATUS.get(root?.attributes.get('errore') ?? '');
  // Of one recipient only: what is not accepted fails for the sender's sake.
  if (root === null || status === undefined || root.attributes.get('tipo') !== 'errore-consegna') return;
  if (readCodes(reason?.value ?? '').status === null)
    draft.status = inferred(status, 'delivery-status', root.evidence);
}

/** When it was delivered or taken in charge: `<data zona="+0100">` with day and time. */
function dateOf(data: Daticert | null): Found | null {
  const day = data?.first('giorno') ?? null;
  const [, d, m, y] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(day?.value ?? '') ?? [];
  const zone = data?.first('data')?.attributes.get('zona') ?? '';
  const date = parseDate(`${y}-${m}-${d} ${data?.first('ora')?.value ?? ''}${zone}`);
  return day === null || date === null ? null : inferred(date, 'delivery-status', day.evidence);
}

/** `destinatari` are those of To: and Cc:, which it does not tell apart. */
function originalOf(message: Message, data: Daticert | null): Original | null {
  const field = message.headers.get('x-riferimento-message-id');
  const messageId = messageIds(field)[0] ?? messageIds(data?.first('msgid')?.value ?? null)[0] ?? null;
  const from = bareAddress(data?.first('mittente')?.value ?? '');
  const to = addressesIn(data?.all('destinatari') ?? []).map((a) => a.value);
  const subject = data?.first('oggetto')?.value || null;
  if (messageId === null && from === null && to.length === 0 && subject === null) return null;
  const told = { messageId, from, to: to.join(', ') || null, subject };
  return { ...told, date: null, returnPath: null, listId: null, headers: {} };
}
