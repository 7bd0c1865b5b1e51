import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examine } from '../../src/classify/examine.ts';
import { listCodes } from '../../src/classify/codes.ts';
import { codesMarkdown } from '../../src/cli/commands/codes.ts';

test('docs/codes.md is what scripts/gen-codes.ts writes', () => {
  expect(readFileSync(new URL('../../docs/codes.md', import.meta.url), 'utf8')).toBe(codesMarkdown());
});

test('the table has the registry, the reply codes and the providers', () => {
  const rows = listCodes();
  expect(rows.find((row) => row.code === '550')).toMatchObject({ provider: null });
  expect(rows.find((row) => row.code === 'x.1.1')).toMatchObject({
    reason: 'mailbox-not-found',
    advice: 'suppress',
  });
  expect(rows.find((row) => row.code === '250')).toMatchObject({ reason: null });
  expect(rows.filter((row) => row.provider === 'gmail').length).toBeGreaterThan(30);
});

describe('examine', () => {
  test('says what decided, what came second, and where the registry differs', () => {
    const got = examine({ reply: '550 5.7.27 Refused', provider: 'gmail' });
    expect(got.decided?.id).toBe('gmail/x.7.27');
    expect(got.second?.id).toBe('registry/x.7.27');
    expect(got.status?.name).toMatch(/null MX/);
  });
  test('a bare code is answered with who else uses it', () => {
    expect(examine({ reply: '5.7.27' }).elsewhere.map((rule) => rule.provider)).toEqual(['gmail']);
  });
  test('names the wording that counted', () => {
    expect(examine({ reply: '550 The mailbox of bob is over quota' }).wording.join()).toMatch(/over quota/);
  });
  test('what a mail client says is no bounce', () => {
    expect(examine({ reply: 'SMTP Error: Could not authenticate.' }).classification.detail).toBe(
      'mail-client',
    );
  });
});
