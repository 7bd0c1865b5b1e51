import type { Part } from '../mime/part.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Evidence } from '../model/evidence.ts';
import { found } from './draft.ts';

/** An element of daticert.xml: its text, its attributes, and where it stands. */
export interface Datum {
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly evidence: Evidence;
}

/** The certification data of an Italian certified mail, by the names of the elements. */
export class Daticert {
  readonly #data: ReadonlyMap<string, readonly Datum[]>;

  constructor(data: ReadonlyMap<string, readonly Datum[]>) {
    this.#data = data;
  }

  all(name: string): readonly Datum[] {
    return this.#data.get(name) ?? [];
  }

  /** The first that is not empty, else the first. */
  first(name: string): Datum | null {
    const data = this.all(name);
    return data.find((d) => d.value !== '') ?? data[0] ?? null;
  }
}

/** What is read of its document type (DM 2 November 2005, annex; in English RFC 6109): `intestazione` and `dati` only group. */
const ELEMENTS = new Set([
  'postacert',
  'mittente',
  'destinatari',
  'oggetto',
  'data',
  'giorno',
  'ora',
  'msgid',
  'consegna',
  'ricezione',
  'errore-esteso',
]);

/** The certification data of a message, null where it has none. A returned message's own is inside that. */
export function readDaticert(message: Message): Daticert | null {
  return once(message, findDaticert);
}

function findDaticert(message: Message): Daticert | null {
  for (const part of message.leaves) {
    if (!isNamed(part)) continue;
    const data = readElements(part);
    if (data.has('postacert')) return new Daticert(data);
  }
  return null;
}

/** Providers send it as application/xml, text/xml or application/octet-stream. */
function isNamed(part: Part): boolean {
  if (part.type === 'application/xml' || part.type === 'text/xml') return true;
  const { headers } = part;
  return /daticert\.xml/i.test(
    `${headers.get('content-type') ?? ''} ${headers.get('content-disposition') ?? ''}`,
  );
}

/** An element that has been opened, and what was read of it. */
interface Open {
  readonly name: string;
  readonly start: number;
  readonly line: number;
  readonly tag: string;
  value: string;
}

const COMMENT = '<!--';
const CDATA = '<![CDATA[';
const LESS_THAN = 60;
const LONGEST_TAG = 1000;
const TAG_NAME = /^<\/?([a-z-]{1,40})(?=[\s/>])/;

/**
 * One walk over the markup. The document is flat: an element of it holds either text or elements. What is broken is
 * passed over, and entities that a document declares itself are not looked up.
 */
function readElements(part: Part): Map<string, Datum[]> {
  const { text } = part;
  const data = new Map<string, Datum[]>();
  let open: Open | null = null;
  let line = 1;
  let lineEnd = text.indexOf('\n');
  const close = (element: Open | null, end: number): null => {
    if (element === null) return null;
    const { name, start, tag } = element;
    const said = squeeze(text.slice(start, Math.min(end, start + LONGEST_TAG)));
    const { evidence } = found('', 'delivery-status', part.path, element.line, said);
    const datum = { value: squeeze(element.value), attributes: attributesOf(tag), evidence };
    const earlier = data.get(name);
    if (earlier === undefined) data.set(name, [datum]);
    else earlier.push(datum);
    return null;
  };

  for (let at = 0; at < text.length; ) {
    if (text.charCodeAt(at) !== LESS_THAN) {
      const next = indexOrEnd(text, '<', at);
      if (open !== null) open.value += decodeEntities(text.slice(at, next));
      at = next;
    } else if (text.startsWith(COMMENT, at)) at = indexOrEnd(text, '-->', at) + 3;
    else if (text.startsWith(CDATA, at)) {
      const end = indexOrEnd(text, ']]>', at);
      if (open !== null) open.value += text.slice(at + CDATA.length, end);
      at = end + 3;
    } else {
      const end = indexOrEnd(text, '>', at) + 1;
      const tag = text.slice(at, Math.min(end, at + LONGEST_TAG));
      const name = TAG_NAME.exec(tag)?.[1] ?? '';
      const closes = tag.startsWith('</');
      open = close(open, closes && open?.name === name ? end : at);
      // Another document, whatever stands in it.
      if (data.size === 0 && name !== '' && name !== 'postacert') return data;
      if (!closes && ELEMENTS.has(name)) {
        for (; lineEnd !== -1 && lineEnd < at; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
        open = { name, start: at, line, tag, value: '' };
        if (name === 'postacert' || tag.endsWith('/>')) open = close(open, end);
      }
      at = end;
    }
  }
  close(open, text.length);
  return data;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function indexOrEnd(text: string, sought: string, from: number): number {
  const at = text.indexOf(sought, from);
  return at === -1 ? text.length : at;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function attributesOf(tag: string): ReadonlyMap<string, string> {
  if (!tag.includes('=')) return NO_ATTRIBUTES;
  const attributes = new Map<string, string>();
  for (const [, name, double, single] of tag.matchAll(
    /\s([a-z-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,200})"|'([^']{0,200})')/g,
  ))
    attributes.set(name as string, decodeEntities(double ?? single ?? '').trim());
  return attributes;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five that XML has by itself, and numbers of characters that it allows (XML 1.0 §2.2, §4.6). */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return NAMED.get(name) ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
      const isCharacter =
        point === 9 ||
        point === 10 ||
        point === 13 ||
        (point >= 32 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff));
      return isCharacter ? String.fromCodePoint(point) : whole;
    },
  );
}
