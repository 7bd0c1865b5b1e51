import { fieldGroups } from '../../extract/field-groups.ts';
import { type Part, WarningList } from '../../mime/part.ts';

/** A value of the machine-readable part, in whichever version it is written. */
export interface Entry {
  /** Letters and digits in lower case: `Report-Type`, `ReportType` and `report_type` are one name. */
  readonly name: string;
  readonly value: string;
  /** Name of the JSON object that it stands in, and which one that is; empty at the top, and in YAML. */
  readonly parent: string;
  readonly object: number;
  readonly line: number;
  readonly text: string;
}

/** One machine-readable part. */
export interface XarfReport {
  readonly part: Part;
  readonly entries: readonly Entry[];
  readonly warnings: WarningList;
}

export function readReport(part: Part): XarfReport {
  const warnings = new WarningList();
  const { text } = part;
  const entries = /^\s{0,99}[{[]/.test(text) ? readJson(text, warnings) : readYaml(part, warnings);
  return { part, entries, warnings };
}

/** Letters and digits of a name, in lower case. */
export const nameOf = (text: string): string =>
  text
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** Marks of a YAML document, and comments: no fields. */
const NO_FIELD = /^(?:---|\.\.\.|[#%])[^\n]*/gm;

/** Flat `Key: value` lines are all that X-ARF 0.1 and 0.2 take of YAML. */
function readYaml(part: Part, warnings: WarningList): Entry[] {
  const text = part.text.replace(NO_FIELD, '');
  return [...fieldGroups(text, part, warnings)].flat().map(({ name, value, line, text: said }) => {
    return { name: nameOf(name), value: scalarOf(value), parent: '', object: 0, line, text: said };
  });
}

/** A YAML scalar: plain, with a comment behind it, or in quotation marks. */
function scalarOf(value: string): string {
  const quote = value[0];
  if ((quote === '"' || quote === "'") && value.length > 1) {
    const end = value.indexOf(quote, 1);
    return value.slice(1, end === -1 ? undefined : end).trim();
  }
  const comment = value.indexOf(' #');
  const plain = (comment === -1 ? value : value.slice(0, comment)).trim();
  return plain === '~' || plain === 'null' ? '' : plain;
}

/** An open object or array. Values of an array have its name. */
interface Level {
  readonly name: string;
  readonly object: number;
  readonly isArray: boolean;
}

/** Levels and values that are read. Reports have 3 to 5, and 10 to 60. */
const DEPTH = 20;
const VALUES = 2_000;

/**
 * The scalars of a JSON text with the lines that they stand on, which JSON.parse does not tell; a text that breaks off
 * is read up to there.
 */
function readJson(text: string, warnings: WarningList): Entry[] {
  const entries: Entry[] = [];
  const open: Level[] = [];
  let objects = 0;
  let line = 1;
  let name = '';
  /** Where the name of the next value stands; -1 where it has none. */
  let start = -1;
  let startLine = 1;

  let at = 0;
  for (; at < text.length && open.length <= DEPTH && entries.length < VALUES; ) {
    const c = text[at] as string;
    const level = open.at(-1);
    if (c === '\n') line++;
    if (c === '{' || c === '[') {
      const opened = start === -1 ? (level?.name ?? '') : name;
      open.push({ name: opened, object: c === '{' ? ++objects : (level?.object ?? 0), isArray: c === '[' });
      start = -1;
    } else if (c === '}' || c === ']') {
      open.pop();
      start = -1;
      if (open.length === 0) return entries;
    } else if (c === '"' || isLiteral(c)) {
      const end = c === '"' ? stringEnd(text, at) : literalEnd(text, at);
      const raw = text.slice(at, end);
      if (c === '"' && start === -1 && level?.isArray === false) {
        name = nameOf(stringOf(raw));
        start = at;
        startLine = line;
      } else if (level !== undefined && (start !== -1 || level.isArray)) {
        if (start === -1) {
          name = level.name;
          start = at;
          startLine = line;
        }
        entries.push({
          name,
          value: c === '"' ? stringOf(raw).trim() : raw === 'null' ? '' : raw,
          parent: level.isArray ? parentOf(open) : level.name,
          object: level.object,
          line: startLine,
          text: text.slice(start, end),
        });
        start = -1;
      }
      for (let lf = raw.indexOf('\n'); lf !== -1; lf = raw.indexOf('\n', lf + 1)) line++;
      at = end;
      continue;
    }
    at++;
  }
  warnings.add('malformed-field', `the JSON of the report is read up to line ${line}`);
  return entries;
}

/** Name of the object around the arrays that are open. */
function parentOf(open: readonly Level[]): string {
  return open.findLast((level) => !level.isArray)?.name ?? '';
}

/** Numbers, true, false and null. */
const isLiteral = (c: string): boolean => /[\w+.-]/.test(c);

function literalEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isLiteral(text[at] as string)) at++;
  return at;
}

/** Behind the closing quotation mark. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function stringOf(raw: string): string {
  const inside = raw.slice(1, raw.length > 1 && raw.endsWith('"') ? -1 : undefined);
  if (!inside.includes('\\')) return inside;
  try {
    return String(JSON.parse(raw));
  } catch {
    return inside; // an escape that JSON does not have
  }
}
