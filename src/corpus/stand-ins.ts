import { isIPv4, isIPv6 } from 'node:net';
import { BLOCKLISTS, type Blocklist } from '../classify/blocklists.ts';
import { PROVIDERS, type Provider, RULES } from '../index.ts';

/** RFC 2606, RFC 6761, RFC 8375: names that nobody can own. */
const RESERVED = new Set([
  'example',
  'test',
  'invalid',
  'localhost',
  'local',
  'internal',
  'lan',
  'localdomain',
]);

/** Second-level labels under which names are registered, where the last label has two letters. */
const SECOND_LEVEL = new Set([
  'co',
  'com',
  'net',
  'org',
  'ac',
  'edu',
  'gov',
  'go',
  'or',
  'ne',
  'gob',
  'gouv',
]);

/** Generic top-level domains that hosts in bounces have; a country's has two letters. */
const GENERIC = new Set(
  (
    'com net org edu gov mil int info biz name pro arpa asia cat coop jobs mobi museum post tel travel aero app ' +
    'dev cloud online site shop store xyz email group tech agency media company solutions network systems ' +
    'services club top live news blog space website digital global world life today host hosting zone ' +
    'berlin london wien hamburg paris tokyo nyc'
  ).split(' '),
);

/** Hosts that the rules know a provider or a block list by: they say nothing of who writes to whom. */
const readPublicHosts = (): ReadonlySet<string> =>
  new Set(
    [
      ...PROVIDERS.flatMap((p: Provider) => [...p.hosts, ...p.says.flat(), p.helpUrl ?? '']),
      ...BLOCKLISTS.flatMap((list: Blocklist) => [...list.says, list.lookup ?? '']),
      ...RULES.flatMap((rule) => rule.says?.flat() ?? []),
      'mail.protection.outlook.com prod.outlook.com amazonses.com sendgrid.net',
      'example.com example.net example.org',
    ].flatMap((text) => (text.toLowerCase().match(/[a-z0-9.-]{4,253}/g) ?? []).filter(isHostName)),
  );
/** Read when the first host is redacted: the other commands do not need it. */
let publicHosts: ReadonlySet<string> | undefined;

/** Public hosts under which customers have names of their own: `acme-com.mail.protection.outlook.com`. */
const HOSTED = new Set(
  (
    'protection pphosted ppe-hosted gpphosted proofpoint iphmx mimecast mimecast-offshore messagelabs cudamail ' +
    'barracudanetworks trendmicro cloudfilter sophos secureserver sendgrid amazonses amazonaws example'
  ).split(' '),
);

/** Names of functions, not of people; formats and rules look at some of them. */
const ROLES =
  /^(?:mailer-?daemon|mdaemon|postmaster|daemon|abuse|no-?reply|do-?not-?reply|root|nobody|posta-certificata|hostmaster|webmaster|feedback|fbl|microsoftexchange[0-9a-f]{32})$/i;

/** List managers, as they write addresses and name their own messages: `sympa@`, `mailman.310.…`. */
const LIST_MANAGER = /^(?:sympa|mailman|listserv|majordomo|mlmmj|ezmlm)$/i;

/** What list managers put behind a name: `garden+owner`, `garden-bounces`. */
const LIST_ROLE =
  /^(?:owner|request|bounces?|help|subscribe|unsubscribe|confirm|moderators?|moderation|errors?|leave|join)$/i;

const IPV4_BLOCKS = ['192.0.2.', '198.51.100.', '203.0.113.']; // RFC 5737

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Alphabets of stand-ins for words of other scripts; every charset of the script has these. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Han}/u, '一二三四五六七八九十'],
  [/\p{Script=Hiragana}/u, 'あいうえおかきくけこ'],
  [/\p{Script=Katakana}/u, 'アイウエオカキクケコ'],
  [/\p{Script=Hangul}/u, '가나다라마바사아자차'],
  [/\p{Script=Cyrillic}/u, 'абвгдежзик'],
  [/\p{Script=Greek}/u, 'αβγδεζηθικ'],
];

const LETTERS = 'abcdefghijklmopqrstuvwyz';
const VOWELS = 'aeiou';
const CONSONANTS = 'bdfgklmprstvz';

/**
 * Replaces words, hosts, addresses and IP numbers by stand-ins: the same for the same original throughout, different
 * ones for different originals, of the same length where that can be. A stand-in for a word starts with `x`, for a
 * number with `9`; one for a host is a name that nobody can own.
 */
export class StandIns {
  readonly #words = new Map<string, string>();
  readonly #domains = new Map<string, string>();
  readonly #ips = new Map<string, string>();
  readonly #made = new Map<string, number>();

  /** Every word in the text. */
  words(text: string): string {
    return text.replace(WORD, (word) => this.word(word));
  }

  /** One run of letters and digits. A single character says nothing and stays. */
  word(word: string): string {
    if (word.length < 2) return word;
    const key = word.toLowerCase();
    let made = this.#words.get(key);
    if (made === undefined) this.#words.set(key, (made = this.#make(key, word.length)));
    if (made.length !== word.length || word === key) return made;
    return Array.from(made, (c, at) => (word[at] === word[at]?.toLowerCase() ? c : c.toUpperCase())).join('');
  }

  #make(key: string, length: number): string {
    const script = SCRIPTS.find(([pattern]) => pattern.test(key))?.[1];
    const kind = /^\d+$/.test(key) ? 'digit' : (script ?? 'latin');
    for (let size = length; ; size++) {
      const slot = `${kind} ${size}`;
      const n = this.#made.get(slot) ?? 0;
      const made =
        kind === 'digit' ? digits(n, size) : script === undefined ? latin(n, size) : other(n, size, script);
      if (made === null) continue; // no more of this length
      this.#made.set(slot, n + 1);
      return made;
    }
  }

  /** `mx1.mail.example.co.uk`: labels keep their place, the registered name moves to `.example`. */
  host(host: string): string {
    const dot = host.endsWith('.') ? '.' : '';
    const name = dot === '' ? host : host.slice(0, -1);
    if (isIPv4(name) || isIPv6(name)) return this.ip(name) + dot;
    const labels = name.split('.');
    const lower = name.toLowerCase().split('.');
    if (lower.length === 1) return name.toLowerCase() === 'localhost' ? host : this.words(name) + dot;

    publicHosts ??= readPublicHosts();
    let kept = 0;
    for (let from = 0; from < lower.length && kept === 0; from++) {
      if (publicHosts.has(lower.slice(from).join('.'))) kept = lower.length - from;
    }
    if (kept > 0 && !lower.some((label) => HOSTED.has(label))) return host;
    if (kept === 0 && RESERVED.has(lower.at(-1) as string)) kept = 1;
    const rest = (until: number): string[] => labels.slice(0, until).map((label) => this.words(label));
    if (kept > 0) return [...rest(labels.length - kept), ...labels.slice(-kept)].join('.') + dot;

    const national = (lower.at(-1) as string).length === 2 && SECOND_LEVEL.has(lower.at(-2) as string);
    const size = Math.min(lower.length, national ? 3 : 2);
    const registered = lower.slice(-size).join('.');
    const names = rest(labels.length - size);
    let made = this.#domains.get(registered);
    if (made === undefined) {
      made = `${this.#make(`domain ${registered}`, Math.max(3, registered.length - '.example'.length))}.example`;
      this.#domains.set(registered, made);
    }
    return [...names, made].join('.') + dot;
  }

  /** The local part of an address, VERP (`list+bob=example.com`) and xtext (RFC 3461 §4) included. */
  local(local: string): string {
    if (ROLES.test(local)) return local;
    const mark = Math.max(local.lastIndexOf('='), local.lastIndexOf('%'), local.lastIndexOf('#'));
    if (mark > 0 && isHostName(local.slice(mark + 1))) {
      return this.local(local.slice(0, mark)) + local[mark] + this.host(local.slice(mark + 1));
    }
    return local
      .split(/(\+(?:2B|3D|20|22|5C))/)
      .map((piece, at) => (at % 2 === 1 ? piece : this.#localWords(piece)))
      .join('');
  }

  #localWords(text: string): string {
    return text.replace(WORD, (word, at: number) =>
      (at > 0 && LIST_ROLE.test(word)) || LIST_MANAGER.test(word) ? word : this.word(word),
    );
  }

  /** Loopback and unspecified addresses stay. */
  ip(ip: string): string {
    if (/^(?:127\.|0\.0\.0\.0$|::1?$)/.test(ip)) return ip;
    const key = ip.toLowerCase();
    let made = this.#ips.get(key);
    if (made === undefined) {
      const n = this.#made.get('ip') ?? 0;
      this.#made.set('ip', n + 1);
      const block = IPV4_BLOCKS[Math.floor(n / 250) % IPV4_BLOCKS.length] as string;
      made = isIPv6(ip) ? `2001:db8::${(n + 1).toString(16)}` : `${block}${(n % 250) + 1}`;
      this.#ips.set(key, made);
    }
    return made;
  }
}

/** Could this be the name of a host, and not a file, a token or the end of a sentence? */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  if (labels.length < 2 || text.length > 253) return false;
  const last = labels.at(-1) as string;
  if (last !== last.toLowerCase() && last !== last.toUpperCase()) return false;
  const top = last.toLowerCase();
  if (!(RESERVED.has(top) || GENERIC.has(top) || /^(?:[a-z]{2}|xn--[a-z0-9-]{2,59})$/.test(top)))
    return false;
  return labels.every((label) =>
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]{0,61}[\p{L}\p{N}\p{M}_])?$/u.test(label),
  );
}

function digits(n: number, size: number): string | null {
  const counter = String(n);
  return counter.length > size - 1 ? null : `9${counter.padStart(size - 1, '0')}`;
}

/** Characters of a stand-in that count; what is longer is filled up. */
const COUNTING = 16;

/** `xaba`, `xabe`, …: no word of any language that mail is refused in. */
function latin(n: number, size: number): string | null {
  let left = n;
  let made = '';
  const start = Math.max(1, size - COUNTING);
  for (let at = size - 1; at >= start; at--) {
    const alphabet = size < 4 ? LETTERS : at % 2 === 1 ? VOWELS : CONSONANTS;
    made = alphabet[left % alphabet.length] + made;
    left = Math.floor(left / alphabet.length);
  }
  return left > 0 ? null : 'x'.padEnd(start, 'ab') + made;
}

function other(n: number, size: number, alphabet: string): string | null {
  const characters = Array.from(alphabet);
  let left = n;
  let made = '';
  for (let at = 0; at < Math.min(size, COUNTING); at++) {
    made = (characters[left % characters.length] as string) + made;
    left = Math.floor(left / characters.length);
  }
  return left > 0 ? null : made.padStart(size, characters[0]);
}
