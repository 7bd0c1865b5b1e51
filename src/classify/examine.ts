import type { Classification, ReplyFacts } from '../model/classification.ts';
import { BLOCKLISTS } from './blocklists.ts';
import { builtInRules, classify, readSignals } from './classify.ts';
import { type CompiledRules, Meaning } from './compile.ts';
import { normalise } from './normalise.ts';
import { PROVIDERS, type Provider } from './providers.ts';
import { ENHANCED_CODES, type EnhancedCode, REPLY_CODES, type ReplyCode } from './registry.ts';
import type { Rule } from './rule.ts';

/** How an answer came about. */
export interface Examination {
  readonly classification: Classification;
  /** The text that was judged: the inner reply, where one was quoted. */
  readonly text: string;
  readonly replyCode: ReplyCode | null;
  readonly status: EnhancedCode | null;
  readonly providers: readonly Provider[];
  readonly blocklist: string | null;
  readonly decided: Rule | null;
  /** The first row behind it that gives another reason. */
  readonly second: Rule | null;
  /** Wording of the deciding row that the text holds. */
  readonly wording: readonly string[];
  /** Rows of providers that speak of this enhanced code, where they mean something else than the registry. */
  readonly elsewhere: readonly Rule[];
}

/** classify() with all that counted. */
export function examine(facts: ReplyFacts, rules: CompiledRules = builtInRules()): Examination {
  const classification = classify(facts, rules);
  const { signals } = readSignals(facts, rules);
  const matched = signals.rows.map((index) => (rules.rows[index] as CompiledRules['rows'][number]).rule);
  const decided = matched[0] ?? null;
  const status = ENHANCED_CODES.find((row) => row.code === signals.status?.replace(/^\d/, 'x')) ?? null;
  return {
    classification,
    text: signals.text,
    replyCode: REPLY_CODES.find((row) => row.code === signals.replyCode) ?? null,
    status,
    providers: signals.providers.map((index) => PROVIDERS[index] as Provider),
    blocklist: BLOCKLISTS[signals.blocklist]?.name ?? null,
    decided,
    second: matched.find((rule) => rule.reason !== 'unknown' && rule.reason !== decided?.reason) ?? null,
    wording: decided === null ? [] : wordingOf(decided, signals.text, signals.replyCode, rules),
    elsewhere: signals.status === null ? [] : rowsOfCode(rules, signals.status, status),
  };
}

function wordingOf(
  rule: Rule,
  text: string,
  replyCode: string | null,
  { matcher, rows }: CompiledRules,
): string[] {
  const { units, length } = normalise(text, replyCode);
  matcher.read(units, length);
  const own = matcher.found
    .map((index) => matcher.clause(index))
    .filter(({ meaning, owner }) => meaning === Meaning.Rule && rows[owner]?.rule === rule);
  return own.map(({ says }) => spell(says, text));
}

/** The choices of a wording that the text holds, in its order. */
function spell(says: string | readonly string[], text: string): string {
  const lower = text.toLowerCase();
  const phrases = typeof says === 'string' ? [says] : says;
  const pick = (phrase: string): string => {
    const choices = phrase
      .replace(/^\+/, '')
      .split('|')
      .map((choice) => choice.replace(/^\*|\*$/g, ''));
    const held = choices.filter((choice) => lower.includes(choice)).sort((a, b) => b.length - a.length);
    return held[0] ?? (choices[0] as string);
  };
  return phrases.map(pick).join(' … ');
}

function rowsOfCode(rules: CompiledRules, status: string, registry: EnhancedCode | null): Rule[] {
  const [first, subject, detail] = status.split('.').map(Number);
  const found = new Map<string, Rule>();
  for (const { rule, codes } of rules.rows) {
    if (rule.provider === undefined || codes === null || rule.says !== undefined) continue;
    if (rule.reason === registry?.reason) continue;
    const speaks = codes.some(
      (code) =>
        (code.class === 0 || code.class === first) &&
        code.subject === subject &&
        code.from <= (detail as number) &&
        (detail as number) <= code.to,
    );
    const key = `${rule.provider} ${rule.reason}`;
    if (speaks && !found.has(key)) found.set(key, rule);
  }
  return [...found.values()];
}
