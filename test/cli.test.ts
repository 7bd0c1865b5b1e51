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

describe('bouncekit explain', { timeout: 30_000 }, () => {
  it('tells what a reply means, what counted, and what to do', () => {
    const { code, stdout, stderr } = run(['explain', '550 5.1.1 <jane@example.com>: User unknown']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Reason +mailbox-not-found · hard · fix-recipient/);
    expect(stdout).toMatch(/What to do +suppress, address/);
    expect(stdout).toMatch(/Reply code +550: .+ \(RFC 5321\)/);
    expect(stdout).toMatch(/Decided by +recipient\/unknown, \d+ % sure/);
  });

  it('asks the provider, and says where the registry differs', () => {
    const gmail = run(['explain', '550', '5.7.27', '--provider', 'gmail']).stdout;
    expect(gmail).toMatch(/Reason +auth-failure \(spf\)/);
    expect(gmail).toMatch(/Refused by +Gmail/);
    expect(gmail).toMatch(/Differs +the registry means sender-rejected by this code/);
    expect(gmail).toMatch(/Next best +registry\/x\.7\.27: sender-rejected/);
    const anybody = run(['explain', '5.7.27']).stdout;
    expect(anybody).toMatch(/Elsewhere +gmail means auth-failure \(spf\) by 5\.7\.27/);
    expect(run(['explain', '550 5.7.27 no', '--remote-mta', 'gmail-smtp-in.l.google.com']).stdout).toContain(
      'Gmail',
    );
    const wrong = run(['explain', '550', '--provider', 'gmial']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/There is no provider "gmial"\. Known: .*gmail/);
  });

  it('says how long to wait, in the unit that a person would use', () => {
    const wait = (text: string): string | undefined =>
      /What to do +(.*)/.exec(run(['explain', `451 4.7.1 Greylisted, try again in ${text}`]).stdout)?.[1];
    expect(wait('90 seconds')).toContain('in 90 s');
    expect(wait('300 seconds')).toContain('in 5 min');
    expect(wait('4 hours')).toContain('in 4 h');
  });

  it('knows success, a code outside the registry, a text that no row knows, and what a mail client says', () => {
    expect(run(['explain', '250 2.0.0 OK']).stdout).toMatch(/Meaning +the mail was accepted/);
    expect(run(['explain', '550 5.99.99 lorem']).stdout).toMatch(/Status +5\.99\.99: not in the registry/);
    expect(run(['explain', 'lorem ipsum']).stdout).toMatch(/Decided by +nothing: no row knows this text/);
    expect(run(['explain', 'SMTP Error: Could not authenticate.']).stdout).toMatch(/Meaning +no bounce:/);
  });

  it('explains each refusal of a message, for programs too, and says where there is none', () => {
    const { code, stdout } = run(['explain', 'inbox/a.eml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Recipient +a@example\.com/);
    expect(JSON.parse(run(['explain', 'inbox/a.eml', '--json']).stdout)).toMatchObject([
      {
        recipient: 'a@example.com',
        reply: '550 5.1.1 User unknown',
        decided: { id: 'recipient/unknown', reason: 'mailbox-not-found' },
        decision: { action: 'suppress', scope: 'address' },
      },
    ]);
    writeFileSync(join(folder, 'letter.eml'), 'From: bob@example.com\nSubject: Hello\n\nHow are you?\n');
    expect(run(['explain', 'letter.eml'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'bouncekit: no refusal in this message\n',
    });
  });
});

describe('bouncekit codes', { timeout: 30_000 }, () => {
  it('prints the table, whole or of one provider', () => {
    const all = run(['codes']).stdout;
    expect(all).toMatch(/^ +550 +.*$/m);
    const gmail = run(['codes', '--provider', 'gmail']).stdout.trim().split('\n');
    expect(gmail.length).toBeGreaterThan(30);
    expect(gmail.filter((line) => !line.startsWith('gmail '))).toEqual([]);
    expect(JSON.parse(run(['codes', '-p', 'gmail', '-f', 'json']).stdout)).toHaveLength(gmail.length);
    expect(run(['codes', '--format', 'markdown']).stdout).toMatch(/^# Codes\n/);
    expect(run(['codes', '--provider', 'nobody'])).toMatchObject({ code: 2, stdout: '' });
  });
});
