import { isAddress } from './addresses.ts';

/** An address at the start of a text, and what follows it. */
export interface LeadingAddress {
  readonly address: string;
  /** How it was written: `<a@b>`, `"a@b"`, `a@b`. */
  readonly form: 'angle' | 'quoted' | 'bare';
  /** Trimmed. */
  readonly rest: string;
}

const BULLET = /^(?:[*•·>|-]{1,4}[ \t]{0,8}|\d{1,3}[.)][ \t]{1,8}){0,1}/;
const BARE = /^[^\s<>()[\]",;:]{1,256}@[^\s<>()[\]",;:!?]{1,255}/u;

const QUOTED_HOST = /^@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}/;

/** The address that a line starts with, behind a bullet; repetitions such as `a@b <mailto:a@b>` are passed over. */
export function leadingAddress(line: string): LeadingAddress | null {
  const at = line.indexOf('@');
  if (at === -1 || at > 330) return null;
  const text = line.replace(BULLET, '');
  let address: string;
  let rest: string;
  let form: LeadingAddress['form'];
  if (text[0] === '<') {
    const close = text.indexOf('>');
    if (close === -1) return null;
    address = text
      .slice(1, close)
      .trim()
      .replace(/^mailto:/i, '');
    rest = text.slice(close + 1);
    form = 'angle';
  } else if (text[0] === '"' || text[0] === "'") {
    const close = text.indexOf(text[0], 1);
    if (close === -1) return null;
    // A quoted local part (RFC 5321 §4.1.2).
    const host = text[0] === '"' ? QUOTED_HOST.exec(text.slice(close + 1, close + 260)) : null;
    if (host !== null)
      return {
        address: text.slice(0, close + 1) + host[0],
        form: 'bare',
        rest: text.slice(close + 1 + host[0].length).trim(),
      };
    address = text.slice(1, close).replace(/^<(.{1,320})>$/, '$1');
    rest = text.slice(close + 1).trimStart();
    form = 'quoted';
    const named = rest[0] === '<' ? leadingAddress(rest) : null;
    if (!isAddress(address)) return named;
    if (named !== null) rest = named.rest;
  } else {
    const match = BARE.exec(text);
    if (match === null) return null;
    address = match[0].replace(/^mailto:/i, '').replace(/[.'`]{1,3}$/, '');
    rest = text.slice(match[0].length);
    if (match[0].endsWith('...')) rest = `...${rest}`;
    form = 'bare';
    const again = /^ {0,3}[<([](?:mailto:)?([^\s<>()[\]]{3,320})[>)\]]/i.exec(rest);
    if (again !== null && isAddress(again[1] as string)) {
      // `a@b <a@b>`, or an address as the display name of another: `a@b <c@d>`.
      address = again[1] as string;
      rest = rest.slice(again[0].length);
    }
  }
  return isAddress(address) ? { address, form, rest: rest.trim() } : null;
}

const ANYWHERE =
  /[^\s<>()[\]",;:'`=]{1,64}@[A-Za-z0-9\u0080-\uffff][\w\u0080-\uffff-]{0,62}(?:\.[\w\u0080-\uffff-]{1,63}){1,10}/gu;

/** Every different address in a text, in its order. */
export function addressesIn(text: string): string[] {
  if (!text.includes('@')) return [];
  const found = new Map<string, string>();
  for (const [match] of text.matchAll(ANYWHERE)) {
    const address = match.replace(/^mailto:/i, '').replace(/[.-]{1,3}$/, '');
    if (isAddress(address) && !found.has(address.toLowerCase())) found.set(address.toLowerCase(), address);
  }
  return [...found.values()];
}
