import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = resolve(import.meta.dirname, '../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'bouncekit-cli-'));

const MAIL = (recipient: string, subject = 'Undelivered'): string => `From: MAILER-DAEMON@mx.example
Subject: ${subject}
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ${recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b--
`;

function run(args: string[], input = ''): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    input,
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, stdout, stderr };
}

const lines = (
  text: string,
): { kind: string; source: { path: string }; recipients: { recipient: string }[] }[] =>
  text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

beforeAll(() => {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: npm run build');
  mkdirSync(join(folder, 'inbox/sub'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'inbox/a.eml'), MAIL('a@example.com'));
  writeFileSync(join(folder, 'inbox/sub/b.eml'), MAIL('b@example.com').replaceAll('\n', '\r\n'));
  writeFileSync(join(folder, 'inbox/1388.M1.host:2,S'), MAIL('c@example.com'));
  writeFileSync(join(folder, 'inbox/notes.json'), '{}');
  writeFileSync(join(folder, 'zero.eml'), '');
  writeFileSync(join(folder, 'binary.eml'), Buffer.from([0, 1, 2, 255, 254, 10, 0]));
  writeFileSync(
    join(folder, 'evil.eml'),
    MAIL('d@example.com').replace('User unknown', 'User \u001b[2J\u001b]0;pwned\u0007 \u202eunknown'),
  );
  writeFileSync(join(folder, 'formula.eml'), MAIL('=cmd|calc@example.com'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling.eml'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bouncekit parse', () => {
  it('reads a folder as NDJSON in a pipe, Maildir names too, and leaves other files alone', () => {
    const { code, stdout, stderr } = run(['parse', 'inbox']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout).map((r) => [r.source.path, r.recipients[0]?.recipient])).toEqual([
      ['inbox/1388.M1.host:2,S', 'c@example.com'],
      ['inbox/a.eml', 'a@example.com'],
      ['inbox/sub/b.eml', 'b@example.com'],
    ]);
  });

  it('reads stdin', () => {
    const { code, stdout } = run(['parse', '-'], MAIL('x@example.com'));
    expect(code).toBe(0);
    expect(lines(stdout)[0]).toMatchObject({ kind: 'bounce', recipients: [{ recipient: 'x@example.com' }] });
  });

  it('takes an .eml for one message, though From lines stand in it, and an mbox for several', () => {
    const twice = `From a@b.example Thu Nov 19 10:11:12 2026\n${MAIL('a@example.com')}\nFrom c@d.example Thu Nov 19 10:11:13 2026\n${MAIL('b@example.com')}`;
    writeFileSync(join(folder, 'one.eml'), twice);
    writeFileSync(join(folder, 'two.mbox'), twice);
    expect(lines(run(['parse', 'one.eml']).stdout)).toHaveLength(1);
    expect(lines(run(['parse', 'two.mbox']).stdout).map((r) => r.recipients[0]?.recipient)).toEqual([
      'a@example.com',
      'b@example.com',
    ]);
  });

  it('prints a table, JSON and CSV', () => {
    expect(run(['parse', '--format', 'table', 'inbox/a.eml']).stdout).toMatch(
      /KIND.*RECIPIENT[\s\S]*bounce.*a@example\.com.*5\.1\.1.*mailbox-not-found.*suppress/,
    );
    expect(JSON.parse(run(['parse', '--format', 'json', 'inbox']).stdout)).toHaveLength(3);
    expect(JSON.parse(run(['parse', '--format', 'sisimai', 'inbox/a.eml']).stdout)).toMatchObject([
      { recipient: 'a@example.com', reason: 'userunknown', hardbounce: true },
    ]);
    const csv = run(['parse', '--format', 'csv', 'inbox/a.eml']).stdout.split('\r\n');
    expect(csv[0]).toMatch(/^path,index,kind,format,recipient,/);
    expect(csv[1]).toMatch(
      /^inbox\/a\.eml,0,bounce,rfc3464,a@example\.com,failed,5\.1\.1,550,mailbox-not-found,/,
    );
  });

  it('goes on past what cannot be read, says what and why, and exits with 3', () => {
    const { code, stdout, stderr } = run([
      'parse',
      'missing.eml',
      'dangling.eml',
      'empty',
      'zero.eml',
      'binary.eml',
      'inbox/a.eml',
    ]);
    expect(code).toBe(3);
    expect(stderr.trim().split('\n')).toHaveLength(3);
    expect(stderr).toMatch(/missing\.eml: no such file/);
    expect(stderr).toMatch(/empty: there is no mail in this folder/);
    expect(lines(stdout).map((r) => r.kind)).toEqual(['other', 'other', 'bounce']);
  });

  it('prints no control characters and no turned text', () => {
    for (const format of ['table', 'ndjson', 'json', 'csv']) {
      const { stdout } = run(['parse', '--format', format, 'evil.eml']);
      expect(stdout).toContain('d@example.com');
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  it('prints no formula into CSV', () => {
    expect(run(['parse', '--format', 'csv', 'formula.eml']).stdout).toContain(",'=cmd|calc@example.com,");
  });

  it('exits with 2 on wrong usage and says what to do', () => {
    for (const args of [
      ['parse'],
      ['parse', '--formt', 'csv', 'x'],
      ['parse', '--format', 'xml', 'x'],
      ['prase', 'x'],
      [],
    ]) {
      const { code, stdout, stderr } = run(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).not.toBe('');
    }
    expect(run(['parse', '--formt', 'csv', 'x']).stderr).toContain('Did you mean --format');
  });

  it('has help with examples, and a version', () => {
    const help = run(['parse', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/Examples:[\s\S]*Exit codes:/);
    expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends quietly when the reader of its pipe goes away', () => {
    const { stderr, status } = spawnSync(
      'sh',
      ['-c', `'${process.execPath}' '${CLI}' parse ${'inbox '.repeat(200)} | head -n 1`],
      { encoding: 'utf8', cwd: folder },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
