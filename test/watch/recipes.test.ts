import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Dovecot, noDovecot, PASSWORD, USER } from '../../scripts/soak/dovecot.ts';
import { bounce } from '../../scripts/soak/messages.ts';
import { Receiver } from '../../scripts/soak/receiver.ts';
import { CLI } from '../../scripts/soak/watcher.ts';
import { watchCommand } from '../../src/cli/commands/watch.ts';
import { applyConfig } from '../../src/watch/config.ts';
import { webhookSink } from '../../src/watch/sinks/webhook.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DOC = readFileSync(resolve(import.meta.dirname, '../../docs/watch.md'), 'utf8');
const DIST = dirname(CLI);
const ROOT = resolve(import.meta.dirname, '../..');

/** The code block of this language that holds the mark. */
function block(language: string, mark: string): string {
  for (const [, text = ''] of DOC.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))) {
    if (text.includes(mark)) return text;
  }
  throw new Error(`docs/watch.md has no ${language} block with "${mark}"`);
}

let folder: string;
beforeAll(() => {
  // Inside the package, so that its dependencies are found.
  folder = mkdtempSync(join(ROOT, 'node_modules/.cache-recipes-'));
  writeFileSync(join(folder, 'bouncekit'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
  chmodSync(join(folder, 'bouncekit'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reports = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(
      (line) => (JSON.parse(line) as { recipients: { recipient: string }[] }).recipients[0]?.recipient ?? '?',
    );

describe('the recipes of docs/watch.md', () => {
  it('every option that is named exists, and every option is named there or in --help', () => {
    const known = new Set(watchCommand().options.map((o) => o.long));
    const named = new Set([...DOC.matchAll(/`[^`\n]*?(--[a-z][a-z-]+)/g)].map((m) => m[1]));
    const foreign = new Set(['--format', '--max-old-space-size']);
    for (const option of named) if (!foreign.has(option ?? '')) expect(known, option).toContain(option);
    expect(named.size).toBeGreaterThan(12);
  });

  it('the configuration file', async () => {
    const path = join(folder, 'watch.toml');
    writeFileSync(path, block('toml', 'imap ='));
    const command = watchCommand();
    command.setOptionValueWithSource('metrics', 1, 'cli');
    await applyConfig(command, path);
    expect(command.opts()).toMatchObject({
      done: { kind: 'folder', name: 'Done' },
      webhookSecretFile: '/etc/bouncekit/webhook-secret',
      metrics: 1,
    });
  });

  const noSystemd =
    spawnSync('systemd-analyze', ['--version']).status === 0 ? null : 'skipped: no systemd-analyze';
  if (noSystemd !== null) console.warn(`test/watch/recipes.test.ts, the unit: ${noSystemd}`);
  it.skipIf(noSystemd !== null)('the systemd unit', () => {
    const path = join(folder, 'bouncekit.service');
    writeFileSync(path, block('ini', '[Service]'));
    const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n').filter((line) => line.includes('bouncekit.service'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('the script behind a pipe, and 75 where the report cannot be stored', () => {
    const out = join(folder, 'piped.ndjson');
    const script = join(folder, 'store-bounce');
    writeFileSync(script, block('sh', 'store-bounce').replace('/var/lib/bouncekit/reports.ndjson', '"$OUT"'));
    const run = (input: string, env: Record<string, string>): number | null =>
      spawnSync('/bin/sh', [script], { input, env: { PATH: `${folder}:${process.env.PATH}`, ...env } })
        .status;
    expect(run(bounce(1), { OUT: out })).toBe(0);
    // As with flags=F, or from procmail.
    expect(run(`From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n${bounce(2)}`, { OUT: out })).toBe(0);
    expect(reports(out)).toEqual(['user1@example.com', 'user2@example.com']);
    expect(run(bounce(3), { OUT: join(folder, 'no/such/file') })).toBe(75);
  });

  const noProcmail =
    spawnSync('procmail', ['-v']).error === undefined ? null : 'skipped: procmail is not installed';
  if (noProcmail !== null) console.warn(`test/watch/recipes.test.ts, procmail: ${noProcmail}`);
  it.skipIf(noProcmail !== null)('the procmail recipe', () => {
    const home = mkdtempSync(join(tmpdir(), 'bouncekit-procmail-'));
    try {
      const rc = join(home, 'rc');
      writeFileSync(
        rc,
        `PATH=${folder}:${process.env.PATH}\nDEFAULT=${home}/missed\n${block('procmail', ':0 w').replaceAll('$HOME', home)}`,
      );
      execFileSync('procmail', ['-m', rc], { input: bounce(4) });
      expect(reports(join(home, 'reports.ndjson'))).toEqual(['user4@example.com']);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('the receiver of a webhook tells what is genuine', async () => {
    const path = join(folder, 'receiver.mjs');
    writeFileSync(path, `${block('js', 'isGenuine')}\nexport { isGenuine };\n`);
    const { isGenuine } = (await import(path)) as {
      isGenuine: (headers: object, body: string, secret: string) => boolean;
    };
    const receiver = await Receiver.start();
    const delivery = { report: {} as never, json: '{"kind":"bounce"}', key: 'k1' };
    await webhookSink(receiver.url, 'secret').deliver(delivery);
    await receiver.stop();
    const { headers, body } = receiver.requests[0] as (typeof receiver.requests)[0];
    expect(isGenuine(headers, body, 'secret')).toBe(true);
    expect(isGenuine(headers, `${body} `, 'secret')).toBe(false);
    expect(isGenuine(headers, body, 'another')).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-timestamp': '1700000000' }, body, 'secret')).toBe(false);
  });

  describe.skipIf(noDovecot !== null)('with an IMAP poller of your own', () => {
    let dovecot: Dovecot;
    beforeAll(async () => {
      dovecot = await Dovecot.start();
    });
    afterAll(() => dovecot.remove());

    function run(code: string): Promise<{ status: number | null; out: string }> {
      const path = join(folder, `poller-${Math.random()}.mjs`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        path,
        `const auth = { user: '${USER}', pass: '${PASSWORD}' };
const save = async (report) => console.log(report.recipients[0].recipient);
${code
  .replaceAll("'bouncekit/sources'", `'${DIST}/sources.js'`)
  .replaceAll("'bouncekit'", `'${DIST}/index.js'`)
  .replace("host: 'mail.example.com', port: 993", `host: 'localhost', port: ${dovecot.port}`)
  .replace(/imaps:[^']+\/INBOX/, `imaps://${USER}@localhost:${dovecot.port}/INBOX`)
  .replace("name: 'Done' }", "name: 'Done' }, once: true")}`,
      );
      const child = spawn(process.execPath, [path], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: dovecot.authority, IMAP_PASSWORD: PASSWORD },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.on('data', (text: Buffer) => {
        out += text.toString();
      });
      return new Promise((done) => child.once('close', (status) => done({ status, out })));
    }

    it('ten lines', async () => {
      dovecot.deliver(bounce(5));
      dovecot.deliver(bounce(6));
      const code = block('js', "import { ImapFlow } from 'imapflow'");
      expect(await run(code)).toEqual({ status: 0, out: 'user5@example.com\nuser6@example.com\n' });
      expect(await run(code)).toEqual({ status: 0, out: '' });
    });

    it('readImap', async () => {
      const before = dovecot.list('INBOX').length;
      dovecot.deliver(bounce(7));
      const { status, out } = await run(block('js', "from 'bouncekit/sources'"));
      expect(status).toBe(0);
      expect(out.trim().split('\n')).toHaveLength(before + 1);
      expect(dovecot.list('INBOX')).toEqual([]);
    });
  });
});
