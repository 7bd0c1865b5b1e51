/** Seeded mutations of mail: the same seed makes the same message. */

/** mulberry32: small, and good enough to choose mutations. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

type Mutation = (text: string, random: Random, others: readonly string[]) => string;

/** Where a line starts, at random. */
function lineStart(text: string, random: Random): number {
  const at = text.indexOf('\n', random.below(Math.max(1, text.length)));
  return at === -1 ? 0 : at + 1;
}

function between(text: string, random: Random): [number, number] {
  const a = lineStart(text, random);
  const b = lineStart(text, random);
  return a <= b ? [a, b] : [b, a];
}

const NOISE = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  ' ',
  '\t',
  '<',
  '>',
  '@',
  ':',
  ';',
  '"',
  '(',
  ')',
  '\\',
  '=',
  '=?utf-8?B?',
  '?=',
  '--',
  '550 ',
  '5.1.1',
  '421-',
  '\x1b$B',
  '\x1b(B',
  '+AGE-',
  '\xff\xfe',
  '\xc3',
  '%',
  '\\x{1F600}',
  '+2B',
  'Final-Recipient: ',
  'Action: failed\n',
  'Content-Type: ',
  'boundary=',
  'message/delivery-status',
  'charset=utf-7',
  'Content-Transfer-Encoding: base64\n',
  ' said: ',
  "' -> '",
  '>>> RCPT To:<',
  '<<< ',
] as const;

const MUTATIONS: readonly (readonly [string, Mutation])[] = [
  ['cut', (t, r) => t.slice(0, r.below(t.length))],
  ['behead', (t, r) => t.slice(r.below(t.length))],
  [
    'drop lines',
    (t, r) => {
      const [a, b] = between(t, r);
      return t.slice(0, a) + t.slice(b);
    },
  ],
  [
    'double lines',
    (t, r) => {
      const [a, b] = between(t, r);
      return t.slice(0, b) + t.slice(a, b).slice(0, 4000) + t.slice(b);
    },
  ],
  [
    'swap lines',
    (t, r) => {
      const [a, b] = between(t, r);
      const c = lineStart(t, r);
      return t.slice(0, a) + t.slice(b, Math.max(b, c)) + t.slice(a, b) + t.slice(Math.max(b, c));
    },
  ],
  [
    'noise',
    (t, r) => {
      const at = r.below(t.length + 1);
      return t.slice(0, at) + r.pick(NOISE).repeat(1 + r.below(3)) + t.slice(at);
    },
  ],
  [
    'flip byte',
    (t, r) => {
      const at = r.below(t.length);
      return t.slice(0, at) + String.fromCharCode(r.below(256)) + t.slice(at + 1);
    },
  ],
  [
    'drop byte',
    (t, r) => {
      const at = r.below(t.length);
      return t.slice(0, at) + t.slice(at + 1);
    },
  ],
  ['crlf', (t) => t.replace(/\r?\n/g, '\r\n')],
  ['some cr', (t, r) => t.replace(/\n/g, () => (r.next() < 0.1 ? '\r' : '\n'))],
  [
    'graft',
    (t, r, others) => {
      const o = r.pick(others);
      const [a, b] = between(o, r);
      const at = lineStart(t, r);
      return t.slice(0, at) + o.slice(a, b).slice(0, 6000) + t.slice(at);
    },
  ],
  [
    'boundary',
    (t, r) =>
      t.replace(/boundary="?[^"\s;]+"?/i, () =>
        r.pick(['boundary=', 'boundary="x"', 'boundary="', '', 'boundary=--', 'boundary="a\nb"']),
      ),
  ],
  [
    'type',
    (t, r) =>
      t.replace(/Content-Type: *[a-z0-9/-]+/gi, (m) =>
        r.next() < 0.4
          ? `Content-Type: ${r.pick(['text/plain', 'message/delivery-status', 'message/rfc822', 'multipart/report', 'multipart/mixed', 'message/global', 'text/html', '/', 'x'])}`
          : m,
      ),
  ],
  [
    'encoding',
    (t, r) => {
      const at = lineStart(t, r);
      return `${t.slice(0, at)}Content-Transfer-Encoding: ${r.pick(['base64', 'quoted-printable', '8bit', 'x', ''])}\n${t.slice(at)}`;
    },
  ],
  [
    'charset',
    (t, r) =>
      t.replace(
        /charset="?[\w-]+"?/gi,
        () =>
          `charset=${r.pick(['utf-7', 'iso-2022-jp', 'utf-16le', 'gb18030', 'us-ascii', 'x-none', 'hz-gb-2312', 'shift_jis', 'iso-2022-kr'])}`,
      ),
  ],
  [
    'fields',
    (t, r) =>
      t.replace(
        /^(Final-Recipient|Action|Status|Diagnostic-Code|Reporting-MTA|Remote-MTA)(:[^\n]*)/gim,
        (m, name: string, value: string) => {
          const roll = r.below(12);
          if (roll === 0) return '';
          if (roll === 1) return `${m}\n${m}`;
          if (roll === 2) return `${name} ${value}`;
          if (roll === 3) return `${name}: ${r.pick(NOISE)}`;
          if (roll === 4) return `\n${m}`;
          return m;
        },
      ),
  ],
  ['unfold', (t) => t.replace(/\n[ \t]+/g, '\n')],
  [
    'long line',
    (t, r) => {
      const at = r.below(t.length);
      return (
        t.slice(0, at) + r.pick(['x', ' ', '<', '5', '=', '\t', 'a@b.example ']).repeat(20_000) + t.slice(at)
      );
    },
  ],
];

export const MUTATION_NAMES = MUTATIONS.map(([name]) => name);

/** A mutated message as bytes (latin-1 text in, bytes out), and what was done to it. */
export function mutate(
  text: string,
  random: Random,
  others: readonly string[],
): { bytes: Buffer; done: string[] } {
  const done: string[] = [];
  let out = text.length > 30_000 ? text.slice(0, 30_000) : text;
  for (let n = 1 + random.below(4); n > 0 && out !== ''; n--) {
    const [name, mutation] = random.pick(MUTATIONS);
    out = mutation(out, random, others);
    done.push(name);
  }
  return { bytes: Buffer.from(out, 'latin1'), done };
}

/** A message that nobody wrote: random headers, parts inside parts, and bodies out of the alphabet of mail. */
export function randomTree(random: Random, depth = 0): string {
  const word = (): string => Array.from({ length: random.below(6) }, () => random.pick(NOISE)).join('');
  if (depth > 4 || random.next() < 0.4) {
    return `Content-Type: ${random.pick(['text/plain', 'message/delivery-status', 'message/rfc822', 'text/html', 'message/feedback-report'])}\n\n${word()}\n${word()}\n`;
  }
  const boundary = random.pick(['b', 'bb', 'b b', 'b--', '=_x', '']);
  const parts = Array.from(
    { length: random.below(4) },
    () => `--${boundary}\n${randomTree(random, depth + 1)}`,
  ).join('\n');
  return `Subject: ${word()}\nContent-Type: multipart/${random.pick(['report', 'mixed'])}; boundary="${boundary}"\n\n${parts}\n--${boundary}--\n`;
}
