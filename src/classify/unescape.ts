/** A byte outside ASCII as Exim prints it: a backslash and three octal digits. */
const OCTAL_BYTES = /(?:\\[23][0-7][0-7])+/g;
const LENGTH = 4;

/** Text with its escaped UTF-8 bytes read: `gel\303\266scht` → `gelöscht` (Exim, string_printing). */
export function unescapeBytes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(OCTAL_BYTES, (run) => {
    const bytes = new Uint8Array(run.length / LENGTH);
    for (let i = 0; i < bytes.length; i++) {
      const at = i * LENGTH + 1;
      bytes[i] = Number.parseInt(run.slice(at, at + LENGTH - 1), 8);
    }
    return new TextDecoder().decode(bytes);
  });
}
