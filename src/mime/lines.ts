const LF = 10;
const CR = 13;

/**
 * The same bytes with every line end as a single LF: CRLF, a lone CR (old Macintosh mail), and the CR CR LF that
 * two conversions in a row leave behind. Returns the input itself where it holds no CR. So everything behind this
 * function sees one form, and LF, CRLF and CR copies of a message give the same report.
 */
export function toLf(bytes: Buffer): Buffer {
  const first = bytes.indexOf(CR);
  if (first === -1) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  bytes.copy(out, 0, 0, first);
  let to = first;
  const length = bytes.length;
  for (let at = first; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte !== CR) {
      out[to++] = byte;
      continue;
    }
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) at += 2;
    else if (bytes[at + 1] === LF) at++;
    out[to++] = LF;
  }
  return out.subarray(0, to);
}
