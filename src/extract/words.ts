/** 1 for what words are made of: letters in lower case, digits, the apostrophe; and all that is not ASCII. */
const WORD = new Uint8Array(128);
for (const char of "abcdefghijklmnopqrstuvwxyz0123456789'") WORD[char.charCodeAt(0)] = 1;

export function isWord(c: number): boolean {
  return c >= 128 || WORD[c] === 1;
}

/** Where the word at `at` ends; one further where there is none. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  return Math.max(end, at + 1);
}

/** The hash of a word is made unit by unit, starting with 0. */
export function nextHash(hash: number, c: number): number {
  return (Math.imul(hash, 31) + c) | 0;
}

export function hashOf(text: string, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = nextHash(hash, text.charCodeAt(at));
  return hash;
}

let units = new Uint16Array(8192);
let bytes = Buffer.from(units.buffer);

/** The units of a text and a blank behind them, until the next call: they are read twice as fast as the string. */
export function unitsOf(text: string): Uint16Array {
  if (text.length >= units.length) {
    units = new Uint16Array(2 * text.length);
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(text, 'utf16le');
  units[text.length] = 32;
  return units;
}

/** Bits of a set: several times the words of a long notice. */
const BITS = 4096;

/** The words of a text, as far as their hashes tell: one that is not in here is not in the text. */
export class WordSet {
  readonly #bits = new Int32Array(BITS / 32);

  add(hash: number): void {
    const word = (hash >> 5) & (BITS / 32 - 1);
    this.#bits[word] = (this.#bits[word] as number) | (1 << (hash & 31));
  }

  has(hash: number): boolean {
    return (((this.#bits[(hash >> 5) & (BITS / 32 - 1)] as number) >>> (hash & 31)) & 1) === 1;
  }
}

/** A text that is looked for in many others, most of which lack one of its words. */
export interface Wanted {
  readonly text: string;
  /** Hashes of the words that stand in it from end to end: what it starts and ends with may be half of one. */
  readonly words: readonly number[];
}

export function wanted(text: string): Wanted {
  const words: number[] = [];
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(text, at);
    if (at > 0 && end < text.length && isWord(text.charCodeAt(at))) words.push(hashOf(text, at, end));
    at = end;
  }
  return { text, words };
}

export function holds(text: string, words: WordSet, sought: Wanted): boolean {
  for (let at = 0; at < sought.words.length; at++) if (!words.has(sought.words[at] as number)) return false;
  return text.includes(sought.text);
}
