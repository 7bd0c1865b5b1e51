import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvHeader, csvLines } from '../src/cli/render/csv.ts';
import { toSisimai } from '../src/cli/render/sisimai.ts';
import { tableRows } from '../src/cli/render/table.ts';
import { clean, cleanJson, cleanXml } from '../src/cli/terminal.ts';
import { addSamples, checkCorpus } from '../src/corpus/index.ts';
import { parse, type Report } from '../src/index.ts';

/** Nothing that mail holds steers a terminal, hides, turns text around, or becomes a formula of a spreadsheet. */
const CLI = resolve(import.meta.dirname, '../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'bouncekit-output-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** By Unicode's own properties, which the code does not ask; line ends apart. */
const UNSAFE = /(?!\n|[\ufe00-\ufe0f])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Every such character of the Basic Multilingual Plane that has text beside it somewhere, and some beyond it. */
const NASTY = [
  ...Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (c) => UNSAFE.test(c) && c !== '\r',
  ),
  '\u{e0001}',
  '\u{e0041}',
  '\u{e0fff}',
];

const EVIL = `\u001b]0;pwned\u0007\u001b[2J\u009b31m\u202egpj.exe\u2066\u2069\u200b\u200d\u2060\ufeff\u00ad\u{e0041}\b\r\u007f`;

describe('text from mail', () => {
  it('finds the characters', () => expect(NASTY.length).toBeGreaterThan(100));

  it('loses each of them on its way to a terminal', () => {
    expect(NASTY.filter((c) => UNSAFE.test(clean(`a${c}b`)) || !/^a.{1,2}b$/.test(clean(`a${c}b`)))).toEqual(
      [],
    );
    expect(clean('a\tb\r\nc')).toBe('a b  c');
    expect(clean('Größe ❤️ 日本語 ñ עברית')).toBe('Größe ❤️ 日本語 ñ עברית');
  });

  it('stays what it is in JSON and XML, written otherwise', () => {
    for (const c of NASTY) {
      const json = cleanJson({ c: `a${c}b` });
      expect(json).not.toMatch(UNSAFE);
      expect(JSON.parse(json)).toEqual({ c: `a${c}b` });
    }
    expect(cleanXml('<a>\u202ex\u{e0041}</a>\n')).toBe('<a>&#8238;x&#917569;</a>\n');
  });
});

/** A report in which every text is `text`, in every place that a message could reach. */
function filled(report: Report, text: string): Report {
  const fill = (value: unknown, key: string): unknown => {
    if (key === 'kind' || key === 'reason') return value; // of closed lists, which the renderers ask
    if (typeof value === 'string' || value === null) return text;
    if (Array.isArray(value)) return value.map((item) => fill(item, ''));
    if (typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, name)]));
  };
  return fill(JSON.parse(JSON.stringify(report)), '') as Report;
}

const BOUNCE = `From: MAILER-DAEMON@mx.example
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; bob@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

From: news@sender.example
To: bob@example.com
Subject: Hello
Message-ID: <1@sender.example>

--b--
`;

describe('each column and each value', () => {
  let report: Report;
  beforeAll(async () => {
    report = { source: { path: 'a.eml', index: 0 }, ...(await parse(BOUNCE)) };
    expect(report.original).not.toBeNull();
  });

  it('of the table', () => {
    for (const r of [filled(report, EVIL), { ...filled(report, EVIL), recipients: [] }])
      expect(tableRows(r, 200, false)).not.toMatch(UNSAFE);
  });

  it('of CSV', () => {
    for (const line of csvLines(filled(report, EVIL))) expect(line).not.toMatch(UNSAFE);
    // One line a recipient, whatever stands in a cell; seventeen of the twenty hold text of a message.
    const [line, ...more] = csvLines(filled(report, 'a\r\n=b,"c"\n'));
    expect([line?.split('"a  =b,""c"" "').length, more]).toEqual([18, []]);
  });

  it.each(['=', '+', '-', '@', '\t=', '\r=', ' =', '  @', '＝', '＋', '－', '＠', '\n+'])(
    'of CSV is no formula: %j',
    (start) => {
      const cells = csvLines(filled(report, `${start}1+1|x`))[0]?.split(',') ?? [];
      const names = csvHeader().split(',');
      const bad = cells.filter(
        (cell) => !/^(?:'\s*[=+\-@＝＋－＠]|bounce$|mailbox-not-found$|0$)/.test(cell),
      );
      expect(bad).toEqual([]);
      expect(cells).toHaveLength(names.length);
    },
  );

  it('of JSON, for Sisimai too', () => {
    for (const value of [filled(report, EVIL), toSisimai(filled(report, EVIL))]) {
      const json = cleanJson(value);
      expect(json).not.toMatch(UNSAFE);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }
  });
});

function run(...args: string[]): { code: number | null; out: string; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, stdout, stderr, out: stdout + stderr };
}

describe('the command line', { timeout: 30_000 }, () => {
  const word = Buffer.from(EVIL).toString('base64');
  const evil = BOUNCE.replace('Undelivered', `=?utf-8?B?${word}?=`)
    .replace('User unknown', `User unknown ${EVIL}`)
    .replace('Subject: Hello', `Subject: =?utf-8?B?${word}?=\nList-Id: <${EVIL}>`)
    .replace('rfc822; bob@example.com', `rfc822; "${EVIL}"@example.com`)
    .replace('<1@sender.example>', `<1${EVIL}@sender.example>`);
  const name = `evil\u001b[2J\u202e.eml`;
  beforeAll(() => {
    writeFileSync(join(folder, name), evil);
    mkdirSync(join(folder, 'corpus'));
    writeFileSync(join(folder, 'corpus', name), evil);
    writeFileSync(join(folder, 'escape.eml'), BOUNCE.replace('User unknown', 'User \u001b[2J unknown'));
  });

  it.each(['table', 'ndjson', 'json', 'csv', 'sisimai'])('parse --format %s', (format) => {
    const { out, stdout } = run('parse', '--format', format, name, `gone${name}`);
    expect(stdout).toContain('User unknown'.slice(0, 4));
    expect(out.replaceAll('\r\n', '\n')).not.toMatch(UNSAFE);
    expect(out).toContain('no such file');
  });

  it.each([[], ['--json']])('explain %s', (...flags) => {
    const { code, out } = run('explain', name, ...flags);
    expect(code).toBe(0);
    expect(out).toContain('User unknown');
    expect(out).not.toMatch(UNSAFE);
    expect(run('explain', `550 5.1.1 User ${EVIL} unknown`, ...flags).out).not.toMatch(UNSAFE);
  });

  it('corpus check, in each of its forms', () => {
    expect(run('corpus', 'check', 'corpus', '--update').out).not.toMatch(UNSAFE);
    const golden = join(folder, 'corpus', name.replace('.eml', '.json'));
    writeFileSync(golden, readFileSync(golden, 'utf8').replace('"bounce"', JSON.stringify(`bounce${EVIL}`)));
    for (const flag of [[], ['--json'], ['--junit']]) {
      const { code, out } = run('corpus', 'check', 'corpus', ...flag);
      expect(code).toBe(1);
      expect(out).toContain('kind');
      expect(out).not.toMatch(UNSAFE);
    }
  });

  it('what a wrong call and a missing file are answered with', () => {
    expect(run('parse', '--format', 'json', `gone${name}`).out).not.toMatch(UNSAFE);
    expect(run('explain', 'x', '--provider', `p${EVIL}`)).toMatchObject({ code: 2 });
    expect(run('explain', 'x', '--provider', `p${EVIL}`).out).not.toMatch(UNSAFE);
  });

  it('redact shows a message on a terminal without what steers it, and gives it whole to a pipe', (context) => {
    const both = (command: string): string =>
      spawnSync('sh', ['-c', command], { encoding: 'latin1', cwd: folder }).stdout;
    if (spawnSync('script', ['-V']).error) context.skip('script is not installed');
    const call = `'${process.execPath}' '${CLI}' corpus redact escape.eml`;
    expect(both(call)).toContain('\u001b[2J');
    const shown = both(`script -qec "${call.replaceAll('"', '\\"')}" /dev/null`);
    expect(shown).toContain('Final-Recipient');
    expect(shown).not.toMatch(/\u001b\[2J/);
  });
});

describe('a file name', () => {
  it.each(['../../../etc/x', '/etc/x', 'a/b', 'CON\u0000', `${'x'.repeat(5_000)}`, '..', ''])(
    'never comes of mail: %j',
    async (type) => {
      const inbox = mkdtempSync(join(folder, 'inbox-'));
      const to = join(inbox, 'to');
      const arf = `From: fbl@example.com\nSubject: x\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: ${type}\nUser-Agent: x/1\nVersion: 1\n\n--b--\n`;
      writeFileSync(join(inbox, 'a.eml'), arf);
      const [added] = await addSamples([join(inbox, 'a.eml')], { to, redact: false });
      expect(added?.outcome).toBe('added');
      expect(added?.path).toMatch(/^rfc5965\/[a-z0-9-]{1,90}\.eml$/);
      cpSync(to, join(inbox, 'copy'), { recursive: true });
      expect(await checkCorpus(to)).toMatchObject({ ok: true, total: { samples: 1 } });
    },
  );
});
