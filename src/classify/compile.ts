import { BouncekitError } from '../model/errors.ts';
import { BLOCKLISTS } from './blocklists.ts';
import { buildLiterals, isWord, type Literal, type Literals } from './literals.ts';
import { normalisePhrase } from './normalise.ts';
import { PROVIDERS } from './providers.ts';
import type { Phrase, Rule } from './rule.ts';

/** Units between two phrases of one list. About eight words: a sentence, not a page. */
const NEAR = 60;

/** What a clause stands for once all of it was read. */
export const enum Meaning {
  Rule,
  Exclusion,
  Provider,
  Blocklist,
}

/** A list of phrases to be read in order. */
interface Clause {
  readonly meaning: Meaning;
  /** Index of the rule, the provider or the block list. */
  readonly owner: number;
  readonly length: number;
  readonly says: Phrase | readonly Phrase[];
}

/** Numbers of one use of a literal; the uses of all literals lie in one array. */
const CLAUSE = 0;
/** Its place in the clause. */
const PLACE = 1;
/** How closely it may hang together with what stands before it: a host name may be part of a longer one. */
const OPEN_START = 2;
const OPEN_END = 3;
/** Furthest that it may stand behind the phrase before it, in units. */
const GAP = 4;
const USE = 5;

/** Numbers of a clause's state. They lie together, so that a step costs one line of the processor's cache. */
const EPOCH = 0;
/** Phrases read. */
const REACHED = 1;
/** Where the last of them ended. */
const END = 2;
/** Phrases in all. */
const PHRASES = 3;
const MEANING = 4;
const OWNER = 5;
const STATE = 6;

/** A literal as a row spells it. */
interface Choice {
  readonly id: number;
  readonly openStart: number;
  readonly openEnd: number;
}

interface CodeRange {
  /** 0 for any. */
  readonly class: number;
  readonly subject: number;
  readonly from: number;
  readonly to: number;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly replies: readonly string[] | null;
  readonly codes: readonly CodeRange[] | null;
  readonly says: boolean;
}

/** A rule table made ready for classify(). Opaque to callers. */
export interface CompiledRules {
  readonly rows: readonly CompiledRule[];
  /** @internal */
  readonly matcher: Matcher;
}

/** Rows without wording: by provider (`''` for all), then by what they ask for. In table order. */
type CodeIndex = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;

/** Keys of the code index: `x.7.26`, `x.7.*`, and `550` or its first digit. */
export const detailKey = (subject: number, detail: number): number => subject * 1000 + detail;
export const subjectKey = (subject: number): number => -1 - subject;
export const replyKey = (reply: string): number => 1_000_000 + Number(reply);

export class Matcher {
  readonly #literals: Literals;
  /** Where the uses of a literal start; those of the next one follow. */
  readonly #usesOf: Int32Array;
  readonly #uses: Int32Array;
  readonly #clauses: readonly Clause[];
  /** How far the text has come in each clause. */
  readonly #state: Int32Array;
  #epoch = 0;
  #units: Uint16Array = new Uint16Array(0);
  #length = 0;
  readonly byCode: CodeIndex;

  /** Clauses that the last text completed, in its order, each once. */
  readonly found: number[] = [];
  /** Rows with one of their wordings among them, each once. */
  readonly hits: number[] = [];
  readonly #hitAt: Int32Array;
  readonly #excludedAt: Int32Array;

  constructor(
    literals: readonly Literal[],
    uses: readonly (readonly number[])[],
    clauses: readonly Clause[],
    byCode: CodeIndex,
    rows: number,
  ) {
    this.#literals = buildLiterals(literals);
    this.#usesOf = new Int32Array(uses.length + 1);
    let end = 0;
    for (const [literal, list] of uses.entries()) this.#usesOf[literal + 1] = end += list.length;
    this.#uses = new Int32Array(end);
    for (const [literal, list] of uses.entries()) this.#uses.set(list, this.#usesOf[literal]);
    this.#clauses = clauses;
    this.#state = new Int32Array(clauses.length * STATE);
    for (const [clause, { length, meaning, owner }] of clauses.entries()) {
      this.#state[clause * STATE + PHRASES] = length;
      this.#state[clause * STATE + MEANING] = meaning;
      this.#state[clause * STATE + OWNER] = owner;
    }
    this.byCode = byCode;
    this.#hitAt = new Int32Array(rows);
    this.#excludedAt = new Int32Array(rows);
  }

  /** Providers whose marks are among them. */
  readonly providers: number[] = [];
  /** The first block list that is named, -1 where none is. */
  blocklist = -1;

  clause(index: number): Clause {
    return this.#clauses[index] as Clause;
  }

  /** One pass: afterwards `found` holds the clauses that the text completes, each once. */
  read(units: Uint16Array, length: number): void {
    this.found.length = 0;
    this.hits.length = 0;
    this.providers.length = 0;
    this.blocklist = -1;
    this.#epoch = (this.#epoch + 1) | 0;
    this.#units = units;
    this.#length = length;
    this.#literals.scan(units, length, this.#take);
  }

  /** Uses a literal in every clause that it can go on. */
  readonly #take = (literal: number, start: number, end: number): void => {
    const units = this.#units;
    const uses = this.#uses;
    const state = this.#state;
    const before = joinedTo(units, start - 1, start, -1, this.#length);
    const behind = joinedTo(units, end, end - 1, 1, this.#length);
    const last = this.#usesOf[literal + 1] as number;
    for (let use = this.#usesOf[literal] as number; use < last; use += USE) {
      if (before > (uses[use + OPEN_START] as number) || behind > (uses[use + OPEN_END] as number)) continue;
      const clause = uses[use + CLAUSE] as number;
      const at = clause * STATE;
      const place = uses[use + PLACE] as number;
      const reached = state[at + EPOCH] === this.#epoch ? (state[at + REACHED] as number) : 0;
      if (place === 0) {
        if (reached > 1) continue;
      } else if (reached === place) {
        const gap = start - (state[at + END] as number);
        if (gap < 0 || gap > (uses[use + GAP] as number)) continue;
      } else continue;
      const length = state[at + PHRASES] as number;
      if (reached === length) continue;
      state[at + EPOCH] = this.#epoch;
      state[at + REACHED] = place + 1;
      state[at + END] = end;
      if (place + 1 === length) this.#complete(clause);
    }
  };

  #complete(index: number): void {
    this.found.push(index);
    const owner = this.#state[index * STATE + OWNER] as number;
    switch (this.#state[index * STATE + MEANING]) {
      case Meaning.Exclusion:
        this.#excludedAt[owner] = this.#epoch;
        break;
      case Meaning.Provider:
        this.providers.push(owner);
        break;
      case Meaning.Blocklist:
        if (this.blocklist < 0 || owner < this.blocklist) this.blocklist = owner;
        break;
      default:
        if (this.#hitAt[owner] === this.#epoch) break;
        this.#hitAt[owner] = this.#epoch;
        this.hits.push(owner);
    }
  }

  /** Whether the last text holds one of the wordings that the row excludes. */
  excludes(owner: number): boolean {
    return this.#excludedAt[owner] === this.#epoch;
  }
}

/** How a literal hangs together with what stands beside it. */
const APART = 0;
const IN_PATH = 1;
const IN_WORD = 2;

/**
 * The parts of host names, paths and URLs are no words of the sentence: a dot or slash between two words joins them.
 */
function joinedTo(units: Uint16Array, outside: number, inside: number, step: 1 | -1, length: number): number {
  if (outside < 0 || outside >= length || !isWord(units[inside] as number)) return APART;
  const unit = units[outside] as number;
  if (isWord(unit)) return IN_WORD;
  const beyond = outside + step;
  const path =
    (unit === 46 || unit === 47) && beyond >= 0 && beyond < length && isWord(units[beyond] as number);
  return path ? IN_PATH : APART;
}

/**
 * Makes a table ready. Rows of the caller's own go in front of `RULES`.
 *
 * @throws BouncekitError `duplicate-rule`, `invalid-rule`
 */
export function compileRules(rows: readonly Rule[]): CompiledRules {
  const compiler = new Compiler();
  const compiled: CompiledRule[] = [];
  const byCode = new Map<string, Map<number, number[]>>();
  const ids = new Set<string>();
  for (const rule of rows) {
    if (ids.has(rule.id)) throw new BouncekitError('duplicate-rule', `Two rules have the id "${rule.id}".`);
    ids.add(rule.id);
    const owner = compiled.length;
    const row = compileRow(rule);
    compiled.push(row);
    for (const clause of rule.says ?? []) compiler.add(Meaning.Rule, owner, clause);
    for (const clause of rule.unless ?? []) compiler.add(Meaning.Exclusion, owner, clause);
    if (row.says) continue;
    const own = listAt(byCode, rule.provider ?? '', () => new Map<number, number[]>());
    for (const key of codeKeys(row)) listAt(own, key, () => []).push(owner);
  }
  for (const [owner, provider] of PROVIDERS.entries()) {
    for (const clause of provider.says) compiler.add(Meaning.Provider, owner, clause);
  }
  for (const [owner, list] of BLOCKLISTS.entries()) {
    for (const clause of list.says) compiler.add(Meaning.Blocklist, owner, clause);
  }
  return { rows: compiled, matcher: compiler.finish(byCode, compiled.length) };
}

class Compiler {
  readonly #choices = new Map<string, Choice>();
  readonly #ids = new Map<string, number>();
  readonly #literals: { text: string; inWord: boolean }[] = [];
  readonly #uses: number[][] = [];
  readonly #clauses: Clause[] = [];

  add(meaning: Meaning, owner: number, says: Phrase | readonly Phrase[]): void {
    const phrases = typeof says === 'string' ? [says] : says;
    const clause = this.#clauses.length;
    this.#clauses.push({ meaning, owner, length: phrases.length, says });
    // From the last to the first: a literal that stands for the second phrase must not be taken for it where it
    // was just taken for the first.
    for (let place = phrases.length - 1; place >= 0; place--) {
      const phrase = phrases[place] as string;
      const next = phrase.startsWith('+');
      for (const choice of (next ? phrase.slice(1) : phrase).split('|'))
        this.#use(choice, clause, place, next ? 1 : NEAR);
    }
  }

  #use(choice: string, clause: number, place: number, gap: number): void {
    let known = this.#choices.get(choice);
    if (known === undefined) {
      known = this.#read(choice);
      this.#choices.set(choice, known);
    }
    (this.#uses[known.id] as number[]).push(clause, place, known.openStart, known.openEnd, gap);
  }

  #read(choice: string): Choice {
    const literal =
      normalisePhrase(choice) + (/[.:]\*$/.test(choice) ? choice.charAt(choice.length - 2) : '');
    if (literal === '')
      throw new BouncekitError('invalid-rule', `The wording "${choice}" has nothing to look for.`);
    const least = literal.includes('.') || literal.includes('/') ? IN_PATH : APART;
    let id = this.#ids.get(literal);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(literal, id);
      this.#literals.push({ text: literal, inWord: false });
      this.#uses.push([]);
    }
    if (choice.startsWith('*')) (this.#literals[id] as { inWord: boolean }).inWord = true;
    return {
      id,
      openStart: choice.startsWith('*') ? IN_WORD : least,
      openEnd: choice.endsWith('*') ? IN_WORD : least,
    };
  }

  finish(byCode: CodeIndex, rows: number): Matcher {
    return new Matcher(this.#literals, this.#uses, this.#clauses, byCode, rows);
  }
}

function compileRow(rule: Rule): CompiledRule {
  const replies = rule.reply === undefined ? null : listOf(rule.reply);
  const codes = rule.status === undefined ? null : listOf(rule.status).map((code) => readRange(rule, code));
  const says = rule.says !== undefined && rule.says.length > 0;
  if (!says && replies === null && codes === null) {
    throw new BouncekitError('invalid-rule', `The rule "${rule.id}" asks for nothing.`);
  }
  for (const reply of replies ?? []) {
    if (!/^[2-5](?:\d\d)?$/.test(reply))
      throw new BouncekitError('invalid-rule', `"${reply}" in the rule "${rule.id}" is no reply code.`);
  }
  return { rule, replies, codes, says };
}

function readRange(rule: Rule, code: string): CodeRange {
  const match = /^([245x])\.(\d{1,3})\.(?:(\d{1,3})(?:-(\d{1,3}))?|\*)$/.exec(code);
  if (match === null)
    throw new BouncekitError('invalid-rule', `"${code}" in the rule "${rule.id}" is no enhanced code.`);
  const from = match[3] === undefined ? 0 : Number(match[3]);
  const to = match[4] === undefined ? (match[3] === undefined ? 999 : from) : Number(match[4]);
  return { class: match[1] === 'x' ? 0 : Number(match[1]), subject: Number(match[2]), from, to };
}

function codeKeys(row: CompiledRule): Set<number> {
  if (row.codes === null) return new Set((row.replies ?? []).map(replyKey));
  const keys = new Set<number>();
  for (const { subject, from, to } of row.codes) {
    if (to - from === 999) keys.add(subjectKey(subject));
    else for (let detail = from; detail <= to; detail++) keys.add(detailKey(subject, detail));
  }
  return keys;
}

function listAt<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = fresh();
    map.set(key, value);
  }
  return value;
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;
