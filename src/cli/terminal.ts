/**
 * Control characters (C0, DEL, C1), the marks that turn the direction of text around, and what is drawn as nothing
 * (Unicode's Default_Ignorable_Code_Point, without the variation selectors of emoji) can rewrite or hide what stands
 * on a terminal or in a cell. All of them can stand in any mail. By UTF-16 units: the `u` flag would take twice as long.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\u034f|[\u17b4-\u17b5]|[\u180b-\u180f]|[\udb40-\udb43][\udc00-\udfff]/g;

/** Text from mail for a terminal: one line, nothing that steers. */
export function clean(text: string): string {
  return text.replace(UNSAFE, (c) => (c === '\n' || c === '\t' || c === '\r' ? ' ' : '\ufffd'));
}

/** The same as JSON: the value stays what it is, the characters are escaped. */
export function cleanJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  // JSON itself escapes C0. Counting bytes is many times as fast as a pattern, and most reports are ASCII.
  if (Buffer.byteLength(json) === json.length && !json.includes('\x7f')) return json;
  return json.replace(UNSAFE, (found) =>
    found === '\n'
      ? found
      : found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** The same as XML, whose text holds no control characters (XML 1.0 §2.2). */
export function cleanXml(xml: string): string {
  return xml.replace(UNSAFE, (found) => (found === '\n' ? found : `&#${found.codePointAt(0)};`));
}
