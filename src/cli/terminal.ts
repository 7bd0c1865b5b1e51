/**
 * Control characters (C0, DEL, C1), and the marks that turn the direction of text around, can rewrite what stands on a
 * terminal. Both can stand in any mail.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from mail for a terminal: one line, nothing that steers. */
export function clean(text: string): string {
  return text.replace(UNSAFE, (c) => (c === '\n' || c === '\t' || c === '\r' ? ' ' : '\ufffd'));
}

/** The same as JSON: the value stays what it is, the characters are escaped. */
export function cleanJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE, (c) =>
    c === '\n' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
