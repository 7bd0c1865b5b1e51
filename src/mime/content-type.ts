/** A structured header value: `type/subtype; name=value; name="value"` (RFC 2045 §5.1). */
export interface ContentType {
  /** Lower case; empty where the field holds none. */
  readonly value: string;
  /** Names in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

const NO_PARAMS: ReadonlyMap<string, string> = new Map();

/** What stands in front of the parameters, lower case, comments left out. */
export function leadingValue(field: string): string {
  const text = field.includes('(') ? withoutComments(field) : field;
  const semicolon = text.indexOf(';');
  return (semicolon === -1 ? text : text.slice(0, semicolon)).trim().toLowerCase();
}

/** Reads quoted and bare parameters and leaves comments out. RFC 2231 forms occur in file names only, which nobody needs. */
export function parseContentType(field: string): ContentType {
  const value = leadingValue(field);
  const text = field.includes('(') ? withoutComments(field) : field;
  const semicolon = text.indexOf(';');
  if (semicolon === -1) return { value, params: NO_PARAMS };
  const params = new Map<string, string>();
  let at = semicolon + 1;
  while (at < text.length) {
    const equals = text.indexOf('=', at);
    if (equals === -1) break;
    const stray = text.lastIndexOf(';', equals);
    const name = text
      .slice(stray >= at ? stray + 1 : at, equals)
      .trim()
      .toLowerCase();
    let start = equals + 1;
    while (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9) start++;
    let param: string;
    if (text[start] === '"') {
      let end = start + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      param = text.slice(start + 1, end);
      if (param.includes('\\')) param = param.replace(/\\(.)/g, '$1');
      const next = text.indexOf(';', end);
      at = next === -1 ? text.length : next + 1;
    } else {
      const next = text.indexOf(';', start);
      at = next === -1 ? text.length : next + 1;
      param = text.slice(start, next === -1 ? text.length : next).trim();
    }
    if (name !== '' && !params.has(name)) params.set(name, param);
  }
  return { value, params };
}

/**
 * RFC 5322 §3.2.2 comments, nested and quoted. A parenthesis inside a quoted string is none, nor one inside a
 * token: Oracle's servers write `boundary=Boundary_(ID_…)` without quotes.
 */
function withoutComments(field: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < field.length; at++) {
    const c = field[at] as string;
    if (c === '\\') {
      if (depth === 0) out += c + (field[at + 1] ?? '');
      at++;
    } else if (quoted) {
      if (c === '"') quoted = false;
      out += c;
    } else if (c === '(' && (depth > 0 || /^$|[\s;]$/.test(out.slice(-1)))) depth++;
    else if (c === ')' && depth > 0) depth--;
    else if (depth === 0) {
      if (c === '"') quoted = true;
      out += c;
    }
  }
  return depth === 0 ? out : field;
}
