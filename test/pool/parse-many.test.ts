import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Format, parse, POLICIES } from '../../dist/index.js';
import { type Parsed, type ParseManyOptions, parseMany } from '../../dist/pool.js';
import { readFiles } from '../../dist/sources.js';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = join(ROOT, 'corpus');
const samples = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(join(CORPUS, name)));
const MAIL = (recipient: string): string =>
  `From: MAILER-DAEMON@mx.example\nSubject: Undelivered\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: 5.1.1\n\n--b--\n`;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const recipientOf = ({ report, error }: Parsed<unknown>): string =>
  error === null ? (report.recipients[0]?.recipient ?? 'none') : error.message;

describe('parseMany', { timeout: 60_000 }, () => {
  it('gives the reports that parse() gives, in the order of the messages', async () => {
    const many = await all(parseMany(samples, { jobs: 2 }));
    expect(many.map((m) => samples.indexOf(m.message))).toEqual(samples.map((_, at) => at));
    for (const { message, report } of many)
      expect(JSON.stringify(report)).toBe(JSON.stringify(await parse(message)));
  });

  it('takes bytes, text, and objects of yours', async () => {
    const bytes = new Uint8Array(Buffer.from(`xx${MAIL('a@example.com')}`)).subarray(2);
    const messages = [bytes, MAIL('ä@example.com'), { bytes: Buffer.from(MAIL('c@example.com')), id: 17 }];
    const many = await all(parseMany(messages, { jobs: 1 }));
    expect(many.map(recipientOf)).toEqual(['a@example.com', 'ä@example.com', 'c@example.com']);
    expect(many.map((m) => m.message)).toEqual(messages);
    expect(bytes.length).toBe(MAIL('a@example.com').length);
  });

  it('reads what the sources give, and passes on what they could not read', async () => {
    const paths = ['broken', 'no-such-folder', 'qmail'].map((name) => join(CORPUS, name));
    const many = await all(parseMany(readFiles(paths), { jobs: 1 }));
    expect(many.length).toBeGreaterThan(10);
    const failed = many.filter((m) => m.error !== null);
    expect(failed.map((m) => [m.message.origin.path, m.error?.message])).toEqual([
      [paths[1], 'no such file or folder'],
    ]);
  });

  it('tells of a message that is none, in its place', async () => {
    const messages = [MAIL('a@example.com'), 42, null, MAIL('b@example.com'), new Date()] as string[];
    const many = await all(parseMany(messages, { jobs: 2 }));
    expect(many.map((m) => (m.error as { code?: string } | null)?.code ?? recipientOf(m))).toEqual([
      'a@example.com',
      'invalid-input',
      'invalid-input',
      'b@example.com',
      'invalid-input',
    ]);
  });

  it('hands rules, policy and limits to the threads', async () => {
    const policy = POLICIES.find((p) => p.id === 'cold');
    const options: ParseManyOptions = {
      jobs: 1,
      policy: policy as NonNullable<typeof policy>,
      limits: { recipients: 1 },
      rules: [
        {
          id: 'acme/frozen',
          says: ['account frozen by acme'],
          reason: 'mailbox-disabled',
          sample: '550 Account frozen by Acme',
          source: 'https://acme.example/smtp',
        },
      ],
    };
    const fields = 'Diagnostic-Code: smtp; 550 Account frozen by Acme';
    const twice = `${fields}\n\nFinal-Recipient: rfc822; b@example.com\nAction: failed\n`;
    const message = MAIL('a@example.com').replace('\n\n--b--', `\n${twice}\n--b--`);
    const [one] = await all(parseMany([message], options));
    const { jobs: _, ...alone } = options;
    expect(one?.report).toEqual(JSON.parse(JSON.stringify(await parse(message, alone))));
    expect(one?.report?.recipients.map((r) => r.rule)).toEqual(['acme/frozen']);
    expect(one?.report?.warnings.map((w) => w.code)).toContain('limit-recipients');
  });

  it('refuses what it cannot do, at once', () => {
    const format = { id: 'acme' } as Format;
    const circle = (): void => {};
    const cases: [unknown, ParseManyOptions, string, RegExp][] = [
      [[], { formats: [format] } as ParseManyOptions, 'invalid-option', /formats.*createParser/],
      [
        [],
        { policy: { ...POLICIES[0], note: circle } } as unknown as ParseManyOptions,
        'invalid-option',
        /thread/,
      ],
      [[], { limits: { parts: -1 } }, 'invalid-option', /parts/],
      [[], { jobs: 0 }, 'invalid-option', /1 to 64/],
      [[], { jobs: 1.5 }, 'invalid-option', /1 to 64/],
      [[], { jobs: 65 }, 'invalid-option', /1 to 64/],
      ['text', {}, 'invalid-input', /one message is for parse/],
      [Buffer.from('text'), {}, 'invalid-input', /one message is for parse/],
    ];
    for (const [messages, options, code, message] of cases) {
      expect(() => parseMany(messages as string[], options), `${message}`).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(message) }),
      );
    }
  });

  it('takes few messages ahead of a consumer that is slow', async () => {
    const bound = { 1: 300, 2: 500 };
    for (const jobs of [1, 2] as const) {
      let taken = 0;
      async function* source(): AsyncGenerator<string> {
        for (; taken < 3_000; taken++) yield MAIL(`${taken}@example.com`);
      }
      let read = 0;
      let ahead = 0;
      for await (const parsed of parseMany(source(), { jobs })) {
        expect(recipientOf(parsed)).toBe(`${read++}@example.com`);
        if (read % 50 === 0) await sleep(5);
        ahead = Math.max(ahead, taken - read);
      }
      expect(read).toBe(3_000);
      expect(ahead, `with ${jobs} threads`).toBeLessThanOrEqual(bound[jobs]);
      expect(ahead).toBeGreaterThan(100);
    }
  });

  it('ends with the loop: the source is closed, and nothing holds the process', () => {
    const script = `
      import { parseMany } from '${join(ROOT, 'dist/pool.js')}';
      async function* source() { try { for (;;) yield 'Subject: x\\n\\n'; } finally { console.log('closed'); } }
      let n = 0;
      for await (const _ of parseMany(source(), { jobs: 2 })) if (++n === 1000) break;
      console.log(n);`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: 'closed\n1000\n', stderr: '', status: 0 });
  });

  it('ends by a signal, with its reason, though the source is silent', async () => {
    async function* silent(): AsyncGenerator<string> {
      yield MAIL('a@example.com');
      await new Promise(() => {});
    }
    const stop = new AbortController();
    const reading = parseMany(silent(), { jobs: 1, signal: stop.signal });
    expect(recipientOf((await reading.next()).value as Parsed<string>)).toBe('a@example.com');
    const next = reading.next();
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
    await expect(parseMany([], { signal: stop.signal }).next()).rejects.toThrow('enough');
  });

  it('gives out what came before the messages failed, then throws', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield MAIL('a@example.com');
      throw new Error('the disk is gone');
    }
    const reading = parseMany(failing(), { jobs: 1 });
    expect(recipientOf((await reading.next()).value as Parsed<string>)).toBe('a@example.com');
    await expect(reading.next()).rejects.toThrow('the disk is gone');
  });

  it('outlives threads that run out of memory, and tells of the message that killed them', () => {
    const users = Array.from(
      { length: 100_000 },
      (_, n) => `user${n}@example.com\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; `,
    );
    const large = MAIL(`${users.join('')}z@example.com`);
    const messages = [MAIL('1@example.com'), large, MAIL('2@example.com'), large, MAIL('3@example.com')];
    const script = `
      import { readFileSync } from 'node:fs';
      import { parseMany } from '${join(ROOT, 'dist/pool.js')}';
      for await (const { report, error } of parseMany(JSON.parse(readFileSync(0)), { jobs: 2 }))
        console.log(error?.message ?? report.recipients[0].recipient);`;
    // A file, since CommonJS packages behind a link are empty to a script that is given with -e (Node 20).
    const folder = mkdtempSync(join(tmpdir(), 'bouncekit-pool-'));
    const file = join(folder, 'script.mjs');
    writeFileSync(file, script);
    // The report of a hundred thousand recipients does not fit in.
    const { stdout, status } = spawnSync(process.execPath, ['--max-old-space-size=128', file], {
      encoding: 'utf8',
      timeout: 50_000,
      input: JSON.stringify(messages),
    });
    rmSync(folder, { recursive: true });
    const died = expect.stringMatching(/^could not be read: .*memory limit/);
    expect(stdout.trim().split('\n')).toEqual([
      '1@example.com',
      died,
      '2@example.com',
      died,
      '3@example.com',
    ]);
    expect(status).toBe(0);
  });
});
