const LF = 10;
const CR = 13;

/**
 * The same bytes with every line end as a single LF: CRLF, a lone CR (old Macintosh mail), and the CR CR LF that
 * two conversions in a row leave behind. Returns the input itself where it holds no CR.
 */
export function toLf(bytes: Buffer): Buffer {
  let at = bytes.indexOf(CR);
  if (at === -1) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let from = 0;
  let to = 0;
  while (at !== -1) {
    out.set(bytes.subarray(from, at), to);
    to += at - from;
    out[to++] = LF;
    from = at + 1;
    if (bytes[from] === LF) from++;
    else if (bytes[from] === CR && bytes[from + 1] === LF) from += 2;
    at = bytes.indexOf(CR, from);
  }
  out.set(bytes.subarray(from), to);
  return out.subarray(0, to + bytes.length - from);
}

/** The same for a text. */
export function textToLf(text: string): string {
  if (!text.includes('\r')) return text;
  const plain = text.replaceAll('\r\n', '\n');
  return plain.includes('\r') ? text.replace(/\r(?:\r?\n)?/g, '\n') : plain;
}

/** Lines that do not end in LF or CRLF: then the message has to be converted before it can be taken apart. */
export function hasOddLineEnds(bytes: Buffer): boolean {
  const cr = bytes.indexOf(CR);
  if (cr === -1) return false;
  return bytes[cr + 1] !== LF;
}

/** Line ends in `[from, to)` of a text. */
export function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
