import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSamples, checkCorpus } from '../../src/corpus/index.ts';

const OWN = join(import.meta.dirname, '../../corpus/rfc3464');
const SAMPLE = join(OWN, 'postfix-mailbox-not-found.eml');

let to: string;
let inbox: string;
beforeEach(() => {
  to = join(mkdtempSync(join(tmpdir(), 'bouncekit-add-')), 'captures');
  inbox = mkdtempSync(join(tmpdir(), 'bouncekit-inbox-'));
});
afterEach(() => {
  rmSync(to, { recursive: true, force: true });
  rmSync(inbox, { recursive: true });
});

describe('addSamples', () => {
  it('names a sample by format and meaning, redacts it and writes its golden report', async () => {
    const [added] = await addSamples([SAMPLE], { to });
    expect(added).toMatchObject({ outcome: 'added', path: 'rfc3464/mailbox-not-found-5-1-1.eml' });
    expect(readFileSync(join(to, 'rfc3464/mailbox-not-found-5-1-1.eml'), 'utf8')).not.toMatch(
      /nora|fjordhus/i,
    );
    expect(await checkCorpus(to)).toMatchObject({ ok: true, total: { samples: 1 } });
  });

  it('leaves out what says the same with other ids, dates and people', async () => {
    const text = readFileSync(SAMPLE, 'utf8');
    const twin = text
      .replaceAll(/nora\.vik/gi, 'per.oddvar')
      .replaceAll('fjordhus', 'skogen')
      .replaceAll('4QZk2m1F', '9AAb3n7Q')
      .replaceAll('3 Mar 2026', '5 Mar 2026');
    writeFileSync(join(inbox, 'twin.eml'), twin);
    writeFileSync(join(inbox, 'other.eml'), text.replaceAll('No mailbox of', 'No locker of'));
    const results = await addSamples([SAMPLE, join(inbox, 'twin.eml'), join(inbox, 'other.eml')], { to });
    expect(results.map((r) => [r.outcome, r.path])).toEqual([
      ['added', 'rfc3464/mailbox-not-found-5-1-1.eml'],
      ['duplicate', 'rfc3464/mailbox-not-found-5-1-1.eml'],
      ['added', 'rfc3464/mailbox-not-found-5-1-1-2.eml'],
    ]);
    // The same again, against what is in the folder now.
    const again = await addSamples([join(inbox, 'twin.eml')], { to });
    expect(again).toMatchObject([{ outcome: 'duplicate' }]);
    expect(readdirSync(join(to, 'rfc3464'))).toHaveLength(4);
  });

  it('keeps the message as it is when told to', async () => {
    const [added] = await addSamples([SAMPLE], { to, redact: false });
    expect(readFileSync(join(to, added?.path ?? ''))).toEqual(readFileSync(SAMPLE));
  });

  it('refuses what it cannot read, and goes on', async () => {
    const results = await addSamples([join(inbox, 'nothing.eml'), SAMPLE], { to });
    expect(results.map((r) => r.outcome)).toEqual(['refused', 'added']);
  });
});
