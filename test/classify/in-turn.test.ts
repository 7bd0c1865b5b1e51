import { describe, expect, it, test } from 'vitest';
import { inTurn } from '../../src/classify/in-turn.ts';
import { classify } from '../../src/classify/index.ts';
import type { ReplyFacts } from '../../src/model/classification.ts';

/** Judges the recipients one after the other, and counts how many of them were really looked at. */
function judgeAll(facts: readonly ReplyFacts[]): { rules: string[]; judged: number } {
  let judged = 0;
  const judge = inTurn((f) => {
    judged++;
    return classify(f);
  });
  return { rules: facts.map((f) => judge(f).rule), judged };
}

const refused = (recipient: string, text = `550 5.1.1 <${recipient}>: User unknown`): ReplyFacts => ({
  recipient,
  diagnosticCode: text,
  status: '5.1.1',
  action: 'failed',
});

describe('the recipients of one report', () => {
  it('with the same reply but for their address are judged once', () => {
    const { rules, judged } = judgeAll(
      ['ann@example.com', 'bob@example.net', 'c@example.org'].map((a) => refused(a)),
    );
    expect(rules).toEqual(['recipient/unknown', 'recipient/unknown', 'recipient/unknown']);
    expect(judged).toBe(1);
  });

  const first = refused('ann@example.com');
  test.each<[string, ReplyFacts]>([
    ['another word', refused('bob@example.com', '550 5.1.1 <bob@example.com>: User disabled')],
    ['another word in front', refused('bob@example.com', '552 5.1.1 <bob@example.com>: User unknown')],
    ['another address than its own', refused('bob@example.com', '550 5.1.1 <eve@example.com>: User unknown')],
    ['an address that reads like a code', refused('5.2.2@example.com')],
    ['an address that reads like a reply', refused('bob.452@example.com')],
    ['an address that reads like a link', refused('http@example.com')],
    ['an address in quotes', refused('"user disabled"@example.com')],
    ['another status', { ...refused('bob@example.com'), status: '5.2.1' }],
    ['another command', { ...refused('bob@example.com'), command: 'DATA' }],
    ['another host', { ...refused('bob@example.com'), remoteMta: 'mx.yahoo.com' }],
    ['another action', { ...refused('bob@example.com'), action: 'delayed' }],
    ['no reply', { ...refused('bob@example.com'), diagnosticCode: null }],
  ])('with %s are judged each', (_, second) => {
    const { rules, judged } = judgeAll([first, second]);
    expect(judged).toBe(2);
    expect(rules[1]).toBe(classify(second).rule);
  });
});
