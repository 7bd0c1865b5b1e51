import type { Classification, ReplyFacts } from '../model/classification.ts';
import type { DecisionAction } from '../model/lists.ts';
import { isUnspecific, readCodes } from '../model/smtp-codes.ts';
import { BLOCKLISTS } from './blocklists.ts';
import {
  type CompiledRule,
  type CompiledRules,
  compileRules,
  detailKey,
  type Matcher,
  replyKey,
  subjectKey,
} from './compile.ts';
import { readDelay, readHelpUrl } from './details.ts';
import { readFrame, trimReply } from './frame.ts';
import { MAX_TEXT, normalise } from './normalise.ts';
import { PROVIDERS, type Provider, providerIndex, providerOfHost } from './providers.ts';
import { defaultsOf } from './reasons.ts';
import { RULES } from './rules/index.ts';
import { unescapeBytes } from './unescape.ts';
import { unwrap } from './unwrap.ts';

/** What one reply says, before a rule was chosen. */
export interface Signals {
  readonly text: string;
  readonly replyCode: string | null;
  readonly status: string | null;
  readonly temporary: boolean;
  /** Indexes of PROVIDERS whose rows apply, the surest first. */
  readonly providers: readonly number[];
  /** Index of BLOCKLISTS, -1 when the reply names none. */
  readonly blocklist: number;
  /** Indexes of the rows that match, in table order. */
  readonly rows: readonly number[];
}

/** UTF-16 units of a text in which a reply is looked for: the line of a log, the error of a library. */
const MOST_FRAMED = 4 * MAX_TEXT;

let builtIn: CompiledRules | undefined;

/** The built-in table, compiled at first use. */
export function builtInRules(): CompiledRules {
  builtIn ??= compileRules(RULES);
  return builtIn;
}

/**
 * Why mail was refused. Order of evidence: what the provider's own rows know of its wording and tags; its own
 * codes; wording that means one thing everywhere; the registry meaning of the enhanced code; looser wording; the
 * reply code; its first digit. A reply that quotes another server's is judged by the inner one.
 */
export function classify(facts: ReplyFacts, rules: CompiledRules = builtInRules()): Classification {
  const { signals, outer } = readSignals(facts, rules);
  return conclude(signals, outer, rules, facts.action === 'delayed');
}

/** Signals of the innermost reply that says anything, and of the outer one where that is another. */
export function readSignals(
  facts: ReplyFacts,
  rules: CompiledRules,
): { signals: Signals; outer: Signals | null } {
  const whole = unescapeBytes((facts.reply ?? facts.diagnosticCode ?? '').slice(0, MOST_FRAMED));
  const text = trimReply(whole);
  const frame = readFrame(whole);
  const told =
    frame === null
      ? facts
      : { ...facts, command: facts.command ?? frame.command, remoteMta: facts.remoteMta ?? frame.host };
  const outer = collect(told, text, rules);
  const quoted = unwrap(text);
  if (quoted === null) return { signals: outer, outer: null };
  // Codes that are known beside the text are those of the outer reply, where there is one.
  const known = quoted.bare ? told : { ...told, status: null, replyCode: null, provider: null };
  const inner = collect(known, quoted.reply, rules);
  const innerRow = rules.rows[inner.rows[0] ?? -1];
  const outerRow = rules.rows[outer.rows[0] ?? -1];
  const outerTells = quoted.bare ? innerRow === undefined : isTold(outerRow, innerRow);
  return outerTells ? { signals: outer, outer: null } : { signals: inner, outer };
}

/** Whether the wrapper knows more than what it quotes: it speaks of its own failure, or the inner reply says nothing. */
function isTold(outer: CompiledRule | undefined, inner: CompiledRule | undefined): boolean {
  if (outer === undefined) return false;
  const { provider, reason } = outer.rule;
  if (provider !== undefined && (reason === 'message-expired' || reason === 'network-error')) return true;
  return (inner === undefined || isLoose(inner)) && (!isLoose(outer) || provider !== undefined);
}

/** A row that asks for a reply code alone, or concludes nothing. */
function isLoose(row: CompiledRule): boolean {
  return row.rule.reason === 'unknown' || (!row.says && row.codes === null);
}

function collect(facts: ReplyFacts, text: string, rules: CompiledRules): Signals {
  const own = readCodes(text);
  const replyCode = own.replyCode ?? facts.replyCode ?? intermediate(text);
  const status = preciser(own.status, facts.status ?? null);
  const normal = normalise(text, own.replyCode);
  const { matcher } = rules;
  matcher.read(normal.units, normal.length);

  const providers: number[] = [];
  const add = (index: number): void => {
    if (index < 0 || providers.includes(index)) return;
    providers.push(index);
    const { parent } = PROVIDERS[index] as Provider;
    if (parent !== undefined) add(providerIndex(parent));
  };
  if (facts.provider) add(providerIndex(facts.provider));
  if (facts.remoteMta) add(providerOfHost(facts.remoteMta));
  for (const mark of ascending(matcher.providers)) add(mark);

  const temporary = isTemporary(replyCode, status, facts);
  const known = { replyCode, code: status === null ? null : parseStatus(status) };
  const names: string[] = providers.map((index) => (PROVIDERS[index] as Provider).id);
  if (facts.provider && !names.includes(facts.provider)) names.push(facts.provider);
  const matched: number[] = [];
  const consider = (owner: number): void => {
    const row = rules.rows[owner] as CompiledRule;
    const { provider } = row.rule;
    if (provider !== undefined && !names.includes(provider)) return;
    if (matcher.excludes(owner)) return;
    const { command, type } = row.rule;
    if (command !== undefined && !(facts.command && command.includes(facts.command))) return;
    if (type !== undefined && type !== facts.diagnosticType) return;
    if (matches(row, known)) matched.push(owner);
  };
  for (const owner of matcher.hits) consider(owner);
  byCodes(matcher, '', known, consider);
  for (const name of names) byCodes(matcher, name, known, consider);
  const { blocklist } = matcher;
  return { text, replyCode, status, temporary, providers, blocklist, rows: ascending(matched) };
}

/** Sorts a list of a few numbers in place; a call of sort() takes longer than this. */
function ascending(numbers: number[]): number[] {
  for (let at = 1; at < numbers.length; at++) {
    const number = numbers[at] as number;
    let to = at;
    for (; to > 0 && (numbers[to - 1] as number) > number; to--) numbers[to] = numbers[to - 1] as number;
    numbers[to] = number;
  }
  return numbers;
}

/** 3yz: the server waits for more. Not in readCodes(), since no report of a failure holds one. */
function intermediate(text: string): string | null {
  return /^3\d\d(?=[ -]|$)/.exec(text)?.[0] ?? null;
}

/** The code of the reply, unless it only names the class and the Status field says more. */
function preciser(own: string | null, field: string | null): string | null {
  if (own === null || (field !== null && isUnspecific(own) && !isUnspecific(field))) return field ?? own;
  return own;
}

/** The reply decides (RFC 5321 §4.2.1); then the class of the status; then what the report says was done. */
function isTemporary(replyCode: string | null, status: string | null, facts: ReplyFacts): boolean {
  if (replyCode !== null) return replyCode.startsWith('4');
  if (status !== null) return status.startsWith('4');
  return facts.action === 'delayed';
}

interface Code {
  readonly class: number;
  readonly subject: number;
  readonly detail: number;
}

function parseStatus(status: string): Code {
  // A class is one digit.
  const dot = status.indexOf('.', 2);
  return {
    class: status.charCodeAt(0) - 48,
    subject: Number(status.slice(2, dot)),
    detail: Number(status.slice(dot + 1)),
  };
}

/** Rows without wording that ask for one of the codes. */
function byCodes(matcher: Matcher, provider: string, known: Known, consider: (owner: number) => void): void {
  const rows = matcher.byCode.get(provider);
  if (rows === undefined) return;
  const { code, replyCode } = known;
  if (code !== null) {
    rows.get(detailKey(code.subject, code.detail))?.forEach(consider);
    rows.get(subjectKey(code.subject))?.forEach(consider);
  }
  const reply = replyCode ?? (code === null ? '' : String(code.class));
  rows.get(replyKey(reply))?.forEach(consider);
  if (reply.length > 1) rows.get(replyKey(reply.charAt(0)))?.forEach(consider);
}

interface Known {
  readonly replyCode: string | null;
  readonly code: Code | null;
}

function matches(row: CompiledRule, known: Known): boolean {
  if (row.replies !== null) {
    const reply = known.replyCode ?? (known.code === null ? null : String(known.code.class));
    if (reply === null || !(row.replies.includes(reply) || row.replies.includes(reply.charAt(0))))
      return false;
  }
  if (row.codes === null) return true;
  const { code } = known;
  if (code === null) return false;
  return row.codes.some(
    (range) =>
      (range.class === 0 || range.class === code.class) &&
      range.subject === code.subject &&
      range.from <= code.detail &&
      code.detail <= range.to,
  );
}

/** How sure a row is, by what it asks for. */
function confidenceOf(row: CompiledRule): number {
  if (row.rule.reason === 'unknown') return 0.2;
  const provider = row.rule.provider !== undefined;
  if (row.says) return provider || row.codes !== null ? 0.95 : 0.85;
  if (row.codes !== null) return provider ? 0.9 : 0.75;
  return row.replies?.some((reply) => reply.length === 3) ? 0.5 : 0.3;
}

/** No 4yz suppresses by itself (ruling of RFC 5321 §4.2.1: the same request may succeed later). */
function adviceFor(advice: DecisionAction, temporary: boolean): DecisionAction {
  return temporary && (advice === 'suppress' || advice === 'suppress-domain')
    ? 'suppress-after-repeated'
    : advice;
}

function conclude(
  signals: Signals,
  outer: Signals | null,
  rules: CompiledRules,
  delayed: boolean,
): Classification {
  const row = rules.rows[signals.rows[0] ?? -1];
  const { replyCode, status, temporary } = signals;
  const by =
    outer !== null && signals !== outer
      ? signals.providers[0]
      : (signals.providers[0] ?? outer?.providers[0]);
  const provider = row?.rule.provider ?? (by === undefined ? null : (PROVIDERS[by] as Provider).id);
  const rule = row?.rule;
  const reason = rule?.reason ?? 'unknown';
  const defaults = defaultsOf(reason);
  const outcome = temporary ? defaults.temporary : defaults.permanent;
  const list = signals.blocklist < 0 ? undefined : BLOCKLISTS[signals.blocklist]?.id;
  const namesList =
    list !== undefined &&
    (reason === 'blocklisted' || reason === 'spam-content' || reason === 'low-reputation');
  const retryAfter = (temporary ? readDelay(signals.text) : undefined) ?? rule?.retryAfter;
  const helpUrl = readHelpUrl(signals.text) ?? rule?.helpUrl;
  const classification: Writable<Classification> = {
    reason,
    bounceType: temporary ? outcome.bounceType : (rule?.bounceType ?? outcome.bounceType),
    bucket: rule?.bucket ?? outcome.bucket,
    scope: rule?.scope ?? defaults.scope,
    // What is still in a queue has not expired yet, whatever its status says (RFC 3464 §2.3.3).
    advice:
      delayed && reason === 'message-expired'
        ? 'retry'
        : adviceFor(rule?.advice ?? outcome.advice, temporary),
    temporary,
    provider,
    rule: rule?.id ?? 'none',
    detail: rule?.detail ?? (namesList ? list : null),
    replyCode,
    status,
    confidence: row === undefined ? 0 : confidenceOf(row),
  };
  if (retryAfter !== undefined) classification.retryAfter = retryAfter;
  if (namesList) classification.blocklist = list;
  if (helpUrl !== undefined) classification.helpUrl = helpUrl;
  return classification;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
