import type { Part, WarningList } from '../mime/part.ts';

/** A field of a machine-readable part, unfolded. */
export interface Field {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  /** 1-based line in the part. */
  readonly line: number;
  /** The field as it stands, unfolded. */
  readonly text: string;
}

/** Fields between two empty lines. */
export type FieldGroup = readonly Field[];

/** Free text: what follows without indentation belongs to it, unless it is a field that we know. */
const FREE_TEXT = new Set([
  'diagnostic-code',
  'localized-diagnostic',
  'x-display-name',
  'x-supplementary-info',
]);

const EVIDENCE_LENGTH = 500;

/**
 * Reads `name: value` groups tolerantly (RFC 3464 §2.1; violations: lost folding, blanks before the colon, text that
 * is no field). `known` says which names are fields, so that `550-Please see: …` behind a Diagnostic-Code stays text;
 * each stands for itself, so that a name that was read is the very string that it is compared with.
 */
export function* fieldGroups(
  text: string,
  part: Part,
  warnings: WarningList,
  known: ReadonlyMap<string, string> = new Map(),
): Generator<FieldGroup, undefined> {
  let group: Field[] = [];
  let name = '';
  let value = '';
  let raw = '';
  let start = 0;
  let line = 0;

  const push = (): void => {
    if (name === '') return;
    group.push({ name, value: value.trim(), line: start, text: raw.trim().slice(0, EVIDENCE_LENGTH) });
    name = '';
  };

  for (let at = 0; at <= text.length; ) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const content = text.slice(at, end);
    at = end + 1;
    line++;
    const first = content.charCodeAt(0);
    if (isEmpty(content)) {
      push();
      if (group.length > 0) yield group;
      group = [];
      continue;
    }
    if ((first === 32 || first === 9) && name !== '') {
      value += ` ${content.trim()}`;
      raw += ` ${content.trim()}`;
      continue;
    }
    const colon = fieldColon(content);
    const written = colon === -1 ? '' : content.slice(0, colon).trim().toLowerCase();
    const candidate = known.get(written) ?? written;
    const free = name !== '' && FREE_TEXT.has(name);
    const isField = colon !== -1 && (!free || known.has(candidate) || /^x-[a-z]/.test(candidate));
    if (isField) {
      push();
      name = candidate;
      value = content.slice(colon + 1);
      raw = content;
      start = line;
    } else if (name !== '') {
      warnings.add('lost-folding', `line ${line} is read as a continuation of ${name}`, part.path);
      value += ` ${content.trim()}`;
      raw += ` ${content.trim()}`;
    } else {
      warnings.add('malformed-field', `line ${line} is no field`, part.path);
    }
  }
  push();
  if (group.length > 0) yield group;
}

function isEmpty(line: string): boolean {
  const c = line.charCodeAt(0);
  return c > 32 && c < 127 ? false : line.trim() === '';
}

/** Place of the colon behind a field name, -1 where the line is no field. Blanks before the colon occur. */
function fieldColon(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
  const from = at;
  for (; at < line.length; at++) {
    const c = line.charCodeAt(at);
    if (c === 58) return at > from ? at : -1;
    if (c === 32 || c === 9) {
      while (line.charCodeAt(at) === 32 || line.charCodeAt(at) === 9) at++;
      return line.charCodeAt(at) === 58 ? at : -1;
    }
    // Letters, digits, hyphen, underscore: what field names of reports are made of.
    const alnum =
      (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 45 || c === 95;
    if (!alnum) return -1;
  }
  return -1;
}
