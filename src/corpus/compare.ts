/** One field in which a report is not what was expected. */
export interface Difference {
  /** `message.subject`, `recipients[0].status`; the number is the place in the expected report. */
  readonly field: string;
  /** `wrong`: another value; `missing`: no value; `invented`: a value where none was expected. */
  readonly change: 'wrong' | 'missing' | 'invented';
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface Comparison {
  readonly differences: Difference[];
  /** Fields whose value was found as expected. */
  readonly found: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Compares a report with the one that was expected. With `subset`, what is not expected is not looked at, but there
 * must be as many recipients. Recipients are matched by their address, so that one that is missing does not make
 * every other one wrong.
 */
export function compareReports(expected: Json, actual: Json, subset: boolean): Comparison {
  const differences: Difference[] = [];
  let found = 0;

  const compare = (field: string, wanted: unknown, got: unknown): void => {
    if (Array.isArray(wanted) && Array.isArray(got)) {
      const pairs = field === 'recipients' ? matchRecipients(wanted, got) : inOrder(wanted, got);
      pairs.forEach(([w, g], at) => compare(`${field}[${at}]`, w, g));
    } else if (isObject(wanted) && isObject(got)) {
      const names = subset
        ? Object.keys(wanted)
        : [...new Set([...Object.keys(wanted), ...Object.keys(got)])];
      for (const name of names) compare(field === '' ? name : `${field}.${name}`, wanted[name], got[name]);
    } else if (
      wanted === got ||
      (isNothing(wanted) && isNothing(got)) ||
      (subset && isSameAddress(wanted, got))
    ) {
      if (!isNothing(wanted)) found++;
    } else {
      const change = isNothing(wanted) ? 'invented' : isNothing(got) ? 'missing' : 'wrong';
      differences.push({ field, change, expected: wanted ?? null, actual: got ?? null });
    }
  };
  compare('', expected, actual);
  return { differences, found };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A truth names the address that was written to; a server may have changed the case of its domain (RFC 5321 §2.4). */
function isSameAddress(wanted: unknown, got: unknown): boolean {
  if (typeof wanted !== 'string' || typeof got !== 'string') return false;
  const at = wanted.lastIndexOf('@');
  return at > 0 && wanted.slice(0, at) === got.slice(0, at) && wanted.toLowerCase() === got.toLowerCase();
}

/** Null, absent and an empty list all say that there is none. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

type Pair = readonly [wanted: unknown, got: unknown];

function inOrder(wanted: readonly unknown[], got: readonly unknown[]): Pair[] {
  return Array.from({ length: Math.max(wanted.length, got.length) }, (_, at) => [wanted[at], got[at]]);
}

function matchRecipients(wanted: readonly unknown[], got: readonly unknown[]): Pair[] {
  const left = [...got];
  const address = (r: unknown): unknown => {
    const value = isObject(r) ? r.recipient : null;
    return typeof value === 'string' ? value.toLowerCase() : value;
  };
  const matched = wanted.map((w) => {
    const at = left.findIndex((g) => address(g) === address(w));
    return at === -1 ? undefined : left.splice(at, 1)[0];
  });
  const pairs = wanted.map((w, at): Pair => [w, matched[at] ?? left.shift()]);
  return [...pairs, ...left.map((g): Pair => [undefined, g])];
}
