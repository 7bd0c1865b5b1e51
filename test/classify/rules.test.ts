import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classify, compileRules, RULES, type Rule } from '../../src/classify/index.ts';
import { normalisePhrase } from '../../src/classify/normalise.ts';
import { PROVIDERS } from '../../src/classify/providers.ts';
import { REASON_DEFAULTS } from '../../src/classify/reasons.ts';
import { ENHANCED_CODES, REPLY_CODES } from '../../src/classify/registry.ts';
import { decide } from '../../src/decide/index.ts';
import { REASONS } from '../../src/model/lists.ts';

const ask = (rule: Rule) =>
  classify({
    reply: rule.sample,
    provider: rule.provider ?? null,
    diagnosticType: rule.type ?? null,
    command: rule.command?.[0] ?? null,
  });

describe('the table', () => {
  test('every row decides its own sample, so none is dead or shadowed', () => {
    const wrong = RULES.filter((rule) => ask(rule).rule !== rule.id).map(
      (rule) => `${rule.id}: ${ask(rule).rule}`,
    );
    expect(wrong).toEqual([]);
  });

  test('a row that is put behind one with the same wording is noticed', () => {
    const twin: Rule = {
      ...(RULES.find((rule) => rule.id === 'quota/mailbox-full') as Rule),
      id: 'test/twin',
    };
    expect(classify({ reply: twin.sample }, compileRules([...RULES, twin])).rule).toBe('quota/mailbox-full');
  });

  test('ids are unique, providers known, sources given', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    const known = new Set<string>(PROVIDERS.map((provider) => provider.id));
    expect(RULES.filter((rule) => rule.provider !== undefined && !known.has(rule.provider))).toEqual([]);
    expect(RULES.filter((rule) => rule.source === '' || rule.sample === '')).toEqual([]);
  });

  test('every wording has something to look for', () => {
    for (const rule of RULES) {
      for (const says of [...(rule.says ?? []), ...(rule.unless ?? [])].flat()) {
        for (const choice of says.replace(/^\+/, '').split('|'))
          expect(normalisePhrase(choice), rule.id).not.toBe('');
      }
    }
  });

  test('every reason has its defaults, in the order of the closed list', () => {
    expect(REASON_DEFAULTS.map((row) => row.reason)).toEqual([...REASONS]);
  });

  test('the registry is there, code by code', () => {
    for (const row of ENHANCED_CODES) {
      if (row.reason === null || row.code === 'x.0.0') continue;
      expect(classify({ status: row.code.replace('x', '5') }).rule, row.code).toBe(`registry/${row.code}`);
    }
    for (const row of REPLY_CODES)
      expect(classify({ replyCode: row.code }).reason, row.code).toBe(row.reason);
  });
});

/** What a reply of the list comes to: any of these, bounceType `soft` as well while it is temporary. */
const VERDICTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  dead: [['hard'], ['fix-recipient'], ['suppress']],
  nodomain: [['hard'], ['fix-recipient'], ['suppress-domain']],
  full: [['soft', 'hard'], ['fix-recipient'], ['suppress-after-repeated']],
  count: [
    ['soft', 'hard', 'unknown'],
    ['fix-recipient', 'none', 'retry', 'fix-configuration'],
    ['suppress-after-repeated'],
  ],
  retry: [['soft'], ['retry', 'fix-configuration'], ['retry']],
  slower: [['soft', 'block'], ['retry', 'fix-reputation'], ['retry-slower']],
  rep: [['block'], ['fix-reputation'], ['fix-then-retry']],
  auth: [['block'], ['fix-authentication'], ['fix-then-retry']],
  content: [['block', 'technical'], ['fix-content'], ['fix-then-retry']],
  config: [['block', 'technical'], ['fix-configuration'], ['fix-then-retry']],
  route: [
    ['soft', 'technical'],
    ['fix-configuration', 'retry'],
    ['retry', 'suppress-after-repeated'],
  ],
  ask: [['block'], ['fix-recipient'], ['fix-then-retry']],
  policy: [['block'], ['fix-authentication', 'fix-reputation'], ['fix-then-retry']],
  tls: [['soft', 'technical'], ['fix-configuration'], ['retry', 'fix-then-retry']],
  held: [['unknown', 'hard'], ['fix-recipient'], ['suppress']],
  none: [['success', 'unknown'], ['none'], ['none']],
};

/** Reason, reply, and for most what is to be done: `|` and `,` part what is as good. */
describe('wording', () => {
  const lines = readFileSync(new URL('wording.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t') as [reasons: string, reply: string, verdicts?: string]);
  test.each(lines)('%s: %s', (reasons, reply, verdicts) => {
    const got = classify({ reply });
    expect(reasons.split('|'), `${got.rule}`).toContain(got.reason);
    if (verdicts === undefined) return;
    const { action } = decide(got);
    const fits = verdicts.split(',').some((verdict) => {
      const [types, buckets, actions] = VERDICTS[verdict] as (typeof VERDICTS)[string];
      return (
        (types?.includes(got.bounceType) || (got.temporary && got.bounceType === 'soft')) &&
        buckets?.includes(got.bucket) &&
        actions?.includes(action)
      );
    });
    expect(fits, `${got.rule}: ${got.bounceType}, ${got.bucket}, ${action}; not ${verdicts}`).toBe(true);
  });
  test('the list is not empty', () => {
    expect(lines.length).toBeGreaterThan(1_400);
    expect(lines.filter((line) => line[2] !== undefined).length).toBeGreaterThan(1_000);
  });
});

describe("a caller's own rows", () => {
  const own: Rule = {
    id: 'own/closed-shop',
    says: ['closed shop'],
    reason: 'mailbox-disabled',
    sample: '550 5.1.1 User unknown: closed shop',
    source: 'test',
  };
  test('go in front', () => {
    expect(classify({ reply: own.sample }).rule).toBe('recipient/unknown');
    expect(classify({ reply: own.sample }, compileRules([own, ...RULES])).rule).toBe('own/closed-shop');
  });
  test('are refused when they cannot work', () => {
    expect(() => compileRules([own, own])).toThrow(/own\/closed-shop/);
    expect(() => compileRules([{ ...own, says: ['...'] }])).toThrow(/nothing to look for/);
    expect(() => compileRules([{ id: 'own/empty', reason: 'unknown', sample: 'x', source: 'x' }])).toThrow(
      /asks for nothing/,
    );
    expect(() => compileRules([{ ...own, status: '5.1' }])).toThrow(/no enhanced code/);
    expect(() => compileRules([{ ...own, reply: '55' }])).toThrow(/no reply code/);
  });
});
