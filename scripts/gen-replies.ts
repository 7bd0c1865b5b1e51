/**
 * Writes test/classify/replies.txt: for each row of the rule table what it concludes, and a reply made of each of its
 * wordings, exclusions and codes, with the row that decides it. test/classify/replies.test.ts holds the table to it:
 * read the difference before it is committed.
 *
 *   npx tsx scripts/gen-replies.ts
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { classify, RULES, type Rule } from '../src/classify/index.ts';
import type { ReplyFacts } from '../src/model/classification.ts';

export const REPLIES_FILE = join(resolve(import.meta.dirname, '..'), 'test/classify/replies.txt');

/** Words that no row asks for, between the phrases of a list. */
const FILLER = ' lorem ipsum ';

/** What a row asks for besides the reply. */
export function factsOf(rule: Rule): ReplyFacts {
  return {
    provider: rule.provider ?? null,
    diagnosticType: rule.type ?? null,
    command: rule.command?.[0] ?? null,
  };
}

/** All that a row concludes, in one line. */
export function outcomeOf(facts: ReplyFacts): string {
  const { reason, bounceType, bucket, advice, scope, detail } = classify(facts);
  return [reason, bounceType, bucket, advice, scope, detail ?? '-'].join(' ');
}

export function renderReplies(): string {
  return RULES.map(renderRow).join('\n');
}

function renderRow(rule: Rule): string {
  const facts = factsOf(rule);
  const decider = (reply: string): string => classify({ ...facts, reply }).rule;
  const codes = codesOf(rule);
  const [own] = codes;
  const lines = [`# ${rule.id}: ${outcomeOf({ ...facts, reply: rule.sample })}`];
  const add = (reply: string): void => {
    const by = decider(reply);
    lines.push(by === rule.id ? reply : `${reply}\t${by}`);
  };
  /** In front of a wording the codes with which the row decides it. */
  const whole = (text: string): string => {
    const replies = [...codes, '550', '450', ''].map((code) => `${code} ${text}`.trim());
    return replies.find((reply) => decider(reply) === rule.id) ?? (replies[0] as string);
  };
  const wordings = (rule.says ?? []).flatMap(spellings);
  for (const text of wordings) add(whole(text));
  const first = wordings.map(whole).find((reply) => decider(reply) === rule.id) ?? rule.sample;
  for (const text of (rule.unless ?? []).flatMap(spellings)) add(`${first} ${text}`);
  const words = wordings[0] ?? '';
  for (const code of codes) if (code !== own || words === '') add(`${code} ${words}`.trim());
  return `${lines.join('\n')}\n`;
}

/** A wording in each of its choices, one phrase after the other. */
function spellings(says: string | readonly string[]): string[] {
  const phrases = typeof says === 'string' ? [says] : says;
  const choices = phrases.map((phrase) =>
    phrase
      .replace(/^\+/, '')
      .split('|')
      .map((choice) => choice.replace(/^\*|\*$/g, '')),
  );
  const spell = (place: number, choice: string): string =>
    choices
      .map((own, at) => {
        const gap = at === 0 ? '' : phrases[at]?.startsWith('+') ? ' ' : FILLER;
        return gap + (at === place ? choice : own[0]);
      })
      .join('');
  return [...new Set(choices.flatMap((own, place) => own.map((choice) => spell(place, choice))))];
}

/** Each code that the row asks for, and the ends of its ranges; the sample's where it asks for none. */
function codesOf(rule: Rule): string[] {
  const statuses = list(rule.status).flatMap((code) => {
    const [mainClass = '', subject = '', details = ''] = code.split('.');
    return [...new Set(details.split('-'))].map(
      (detail) => `${mainClass === 'x' ? '5' : mainClass}.${subject}.${detail === '*' ? '99' : detail}`,
    );
  });
  const replies = list(rule.reply).map((code) => (code.length === 1 ? `${code}50` : code));
  const [sample = ''] = /^(?:\d{3})?(?: ?\d\.\d{1,3}\.\d{1,3})?/.exec(rule.sample) ?? [];
  if (replies.length === 0)
    return statuses.length === 0 ? [sample] : statuses.map((s) => `${s.charAt(0)}50 ${s}`);
  return replies.flatMap((reply) => (statuses.length === 0 ? [reply] : statuses.map((s) => `${reply} ${s}`)));
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

if (process.argv[1] === import.meta.filename) {
  writeFileSync(REPLIES_FILE, renderReplies());
  console.log(`wrote ${REPLIES_FILE}`);
}
