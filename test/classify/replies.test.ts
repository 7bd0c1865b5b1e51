import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsOf, outcomeOf, renderReplies, REPLIES_FILE } from '../../scripts/gen-replies.ts';
import { classify, RULES } from '../../src/classify/index.ts';

/**
 * A reply of each wording, exclusion and code of each row, and the row that decides it. The file stands beside the
 * table, so that a row or a phrase that is lost or altered is missed.
 */
const file = readFileSync(REPLIES_FILE, 'utf8');
const rows = file.split('\n\n').map((block) => block.trimEnd().split('\n'));
const ruleOf = new Map(RULES.map((rule) => [rule.id, rule]));

describe('replies of each row', () => {
  test('the file is not empty', () => {
    expect(rows.length).toBeGreaterThan(700);
    expect(file.split('\n').length).toBeGreaterThan(9_000);
  });

  test('each row concludes what it did', () => {
    const got = rows.map(([head = '']) => {
      const id = head.slice(2, head.indexOf(': '));
      const rule = ruleOf.get(id);
      return `# ${id}: ${rule === undefined ? 'missing' : outcomeOf({ ...factsOf(rule), reply: rule.sample })}`;
    });
    expect(got.filter((head, at) => head !== rows[at]?.[0])).toEqual([]);
  });

  test('each reply is decided by the same row', () => {
    const wrong: string[] = [];
    for (const [head = '', ...replies] of rows) {
      const id = head.slice(2, head.indexOf(': '));
      const rule = ruleOf.get(id);
      if (rule === undefined) continue; // the test above names it
      for (const line of replies) {
        const [reply = '', by = id] = line.split('\t');
        const got = classify({ ...factsOf(rule), reply }).rule;
        if (got !== by) wrong.push(`${id}: "${reply}" was ${by}, is ${got}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('the file has each wording of the table (npx tsx scripts/gen-replies.ts; read the difference)', () => {
    expect(renderReplies() === file).toBe(true);
  });
});
