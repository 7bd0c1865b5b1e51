import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const SAMPLE = resolve(import.meta.dirname, '../../corpus/rfc3464/postfix-mailbox-not-found.eml');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-corpus-'));
  mkdirSync(join(folder, 'samples'));
  cpSync(SAMPLE, join(folder, 'samples/a.eml'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function corpus(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'corpus', ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, stdout, stderr };
}

describe('bouncekit corpus check', () => {
  it('is green on a corpus that holds, and red with the name of the field on one that does not', () => {
    expect(corpus('check', 'samples')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('no golden report') as string,
    });
    expect(corpus('check', 'samples', '--update').code).toBe(0);
    const green = corpus('check', 'samples');
    expect(green).toMatchObject({ code: 0, stderr: '' });
    expect(green.stdout).toContain('1 of 1 samples as expected');

    const golden = join(folder, 'samples/a.json');
    writeFileSync(golden, readFileSync(golden, 'utf8').replace('"status": "5.1.1"', '"status": "5.7.1"'));
    const red = corpus('check', 'samples');
    expect(red.code).toBe(1);
    expect(red.stdout).toContain('recipients[0].status: wrong, expected "5.7.1", found "5.1.1"');
    expect(JSON.parse(corpus('check', 'samples', '--json').stdout)).toMatchObject({ ok: false });
    expect(corpus('check', 'samples', '--junit').stdout).toContain('failures="1"');
  });

  it('says where it finds nothing', () => {
    mkdirSync(join(folder, 'empty'));
    expect(corpus('check', 'empty').code).toBe(3);
    expect(corpus('check', 'nowhere').code).toBe(3);
    expect(corpus('check').code).toBe(2);
  });
});

describe('bouncekit corpus add and redact', () => {
  it('add takes a message in once', () => {
    expect(corpus('add', 'samples/a.eml', '--to', 'own')).toMatchObject({
      code: 0,
      stdout: 'rfc3464/mailbox-not-found-5-1-1.eml\n',
    });
    const again = corpus('add', 'samples/a.eml', '--to', 'own');
    expect(again).toMatchObject({ code: 0, stdout: '' });
    expect(again.stderr).toContain('says the same as rfc3464/mailbox-not-found-5-1-1.eml');
    expect(corpus('add', 'samples/nothing.eml', '--to', 'own').code).toBe(1);
  });

  it('redact writes one message to stdout, several to a folder, and none over another', () => {
    const one = corpus('redact', 'samples/a.eml');
    expect(one.code).toBe(0);
    expect(one.stdout).toContain('Status: 5.1.1');
    expect(one.stdout).not.toMatch(/nora/i);
    expect(corpus('redact', 'samples/a.eml', 'samples/a.eml').code).toBe(2);
    expect(corpus('redact', 'samples/a.eml', '--to', 'out').code).toBe(0);
    expect(readFileSync(join(folder, 'out/a.eml'), 'utf8')).toBe(one.stdout);
    expect(corpus('redact', 'samples/a.eml', '--to', 'out')).toMatchObject({ code: 3, stdout: '' });
  });
});
