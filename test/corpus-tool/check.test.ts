import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkCorpus, toJUnit } from '../../src/corpus/index.ts';
import { compareReports } from '../../src/corpus/compare.ts';
import { createParser } from '../../src/index.ts';

const OWN = join(import.meta.dirname, '../../corpus/rfc3464');
const NAME = 'five-recipients-mixed-fates';

let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-check-'));
  cpSync(join(OWN, `${NAME}.eml`), join(folder, `${NAME}.eml`));
  await checkCorpus(folder, { update: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const golden = (): Record<string, unknown> & { recipients: Record<string, unknown>[] } =>
  JSON.parse(readFileSync(join(folder, `${NAME}.json`), 'utf8')) as never;
const write = (extension: string, value: unknown): void =>
  writeFileSync(join(folder, `${NAME}.${extension}`), JSON.stringify(value));

describe('checkCorpus', () => {
  it('finds nothing to say about a corpus that holds', async () => {
    const result = await checkCorpus(folder);
    expect(result).toMatchObject({ ok: true, total: { samples: 1, wrong: 0, missing: 0, invented: 0 } });
    expect(result.total.found).toBeGreaterThan(50);
    expect(result.byFormat).toHaveProperty('rfc3464');
    expect(result.byKind).toHaveProperty('bounce');
  });

  it('names the field that differs, and how', async () => {
    const report = golden();
    report.recipients[0] = { ...report.recipients[0], status: '5.7.1', remoteMta: null, finalLogId: 'a' };
    write('json', report);
    const result = await checkCorpus(folder);
    expect(result.ok).toBe(false);
    expect(result.samples[0]?.differences).toEqual([
      { field: 'recipients[0].status', change: 'wrong', expected: '5.7.1', actual: '5.1.1' },
      { field: 'recipients[0].remoteMta', change: 'invented', expected: null, actual: 'mx.ridge.example' },
      { field: 'recipients[0].finalLogId', change: 'missing', expected: 'a', actual: null },
    ]);
    expect(result.byKind.bounce).toMatchObject({ wrong: 1, missing: 1, invented: 1 });
  });

  it('turns red when the parser changes its mind', async () => {
    const parser = createParser({
      rules: [
        {
          id: 'own/anything',
          reply: '5',
          reason: 'spam-content',
          sample: '550 5.1.1 a1 unknown',
          source: 'this test',
        },
      ],
    });
    const { ok, samples } = await checkCorpus(folder, { parser });
    expect(ok).toBe(false);
    expect(samples[0]?.differences.map((d) => d.field)).toContain('recipients[0].reason');
  });

  it('writes golden reports anew when told to, and says what changed', async () => {
    const before = golden();
    write('json', { ...before, kind: 'delay' });
    const updated = await checkCorpus(folder, { update: true });
    expect(updated).toMatchObject({ ok: true, samples: [{ updated: true }] });
    expect(updated.samples[0]?.differences.map((d) => d.field)).toEqual(['kind']);
    expect(golden()).toEqual(before);
    expect(await checkCorpus(folder, { update: true })).toMatchObject({ samples: [{ updated: false }] });
  });

  it('tells of a sample without golden report, and makes one when told to', async () => {
    rmSync(join(folder, `${NAME}.json`));
    const missing = await checkCorpus(folder);
    expect(missing).toMatchObject({ ok: false, samples: [{ problem: { code: 'missing-golden' } }] });
    await checkCorpus(folder, { update: true });
    expect((await checkCorpus(folder)).ok).toBe(true);
  });

  it('goes on behind a golden report that is none', async () => {
    writeFileSync(join(folder, 'a.eml'), 'From: a@b.example\n\nhello\n');
    writeFileSync(join(folder, 'a.json'), '{');
    const { samples } = await checkCorpus(folder);
    expect(samples.map((s) => s.problem?.code ?? null)).toEqual(['unreadable', null]);
  });

  it('holds a truth to the part of the report that it knows', async () => {
    const recipients = golden().recipients.map(({ recipient, action }) => ({ recipient, action }));
    write('truth.json', { server: 'made by hand', scenario: 'x', kind: 'bounce', recipients });
    expect((await checkCorpus(folder)).ok).toBe(true);

    write('truth.json', { kind: 'bounce', recipients: recipients.slice(1) });
    const { samples } = await checkCorpus(folder);
    expect(samples[0]?.differences).toMatchObject([{ field: 'recipients[4]', change: 'invented' }]);
  });

  it('reads a decision in a truth as its action', async () => {
    const recipients = golden().recipients.map(({ recipient }) => ({ recipient }));
    const with0 = (decision: string): unknown => [{ ...recipients[0], decision }, ...recipients.slice(1)];
    write('truth.json', { recipients: with0('suppress') });
    expect((await checkCorpus(folder)).ok).toBe(true);
    write('truth.json', { recipients: with0('retry') });
    expect((await checkCorpus(folder)).samples[0]?.differences[0]?.field).toBe(
      'recipients[0].decision.action',
    );
  });

  it('makes no golden report for a sample that a truth stands beside', async () => {
    rmSync(join(folder, `${NAME}.json`));
    write('truth.json', { kind: 'bounce' });
    expect(await checkCorpus(folder, { update: true })).toMatchObject({
      ok: true,
      samples: [{ updated: false }],
    });
    expect(existsSync(join(folder, `${NAME}.json`))).toBe(false);
  });

  it('does not write a golden report against the truth', async () => {
    write('json', { ...golden(), kind: 'delay' });
    write('truth.json', { kind: 'delivery' });
    const result = await checkCorpus(folder, { update: true });
    expect(result).toMatchObject({ ok: false, samples: [{ updated: false }] });
    expect((await checkCorpus(folder)).samples[0]?.differences).toMatchObject([
      { field: 'kind' },
      { field: 'kind' },
    ]);
  });
});

describe('compareReports', () => {
  it('matches recipients by address, so that one that is missing leaves the others alone', () => {
    const r = (recipient: string, status: string): unknown => ({ recipient, status });
    const wanted = { recipients: [r('a@x.example', '5.1.1'), r('b@x.example', '5.2.2')] };
    const { differences } = compareReports(wanted, { recipients: [r('B@x.example', '5.2.2')] }, false);
    expect(differences.map((d) => `${d.field} ${d.change}`)).toEqual([
      'recipients[0] missing',
      'recipients[1].recipient wrong',
    ]);
  });
});

describe('toJUnit', () => {
  it('escapes what mail can hold', async () => {
    write('json', { ...golden(), kind: '<&"\u0007' });
    const xml = toJUnit(await checkCorpus(folder));
    expect(xml).toContain('failures="1"');
    expect(xml).toContain('&#60;&#38;');
    expect(xml).not.toContain('\u0007');
  });
});
