import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../scripts/soak/dovecot.ts';
import { bounce, letter } from '../../scripts/soak/messages.ts';
import { Receiver } from '../../scripts/soak/receiver.ts';
import { until, Watcher } from '../../scripts/soak/watcher.ts';
import { readMaildir } from '../../src/sources/maildir.ts';

vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let maildir: string;
let made = 0;
const running: Watcher[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-maildir-'));
  maildir = join(folder, 'Maildir');
  for (const name of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, name), { recursive: true });
});
afterEach(async () => {
  for (const watcher of running.splice(0)) await watcher.kill();
  rmSync(folder, { recursive: true, force: true });
});

function deliver(message: string | Buffer, name = `17000000${10 + ++made}.M1.host`): string {
  writeFileSync(join(maildir, 'tmp', name), message);
  renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name));
  return name;
}

function start(args: string[], env: Record<string, string> = {}): Watcher {
  const watcher = new Watcher(['--maildir', maildir, '--journal', join(folder, 'journal'), ...args], env);
  running.push(watcher);
  return watcher;
}

const list = (...path: string[]): string[] => readdirSync(join(maildir, ...path)).sort();
const recipients = (text: string): (string | undefined)[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { recipients: { recipient: string }[] }).recipients[0]?.recipient);

describe('bouncekit watch --maildir', () => {
  it('moves from new to cur, not marked as seen, and leaves cur and tmp alone', async () => {
    const name = deliver(bounce(1));
    writeFileSync(join(maildir, 'cur/1.old:2,S'), bounce(2));
    writeFileSync(join(maildir, 'tmp/2.half'), bounce(3));
    const watcher = start(['--once']);
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(recipients(watcher.stdout)).toEqual(['user1@example.com']);
    expect(list('new')).toEqual([]);
    expect(list('cur')).toEqual(['1.old:2,S', `${name}:2,`].sort());
    expect(list('tmp')).toEqual(['2.half']);
  });

  it('moves to Maildir++ folders, keeps flags, and leaves trashed mail alone', async () => {
    const name = deliver(bounce(1));
    deliver(letter(2));
    writeFileSync(join(maildir, 'cur/1.old:2,FS'), bounce(3));
    writeFileSync(join(maildir, 'cur/1.trash:2,ST'), bounce(4));
    const watcher = start(['--once', '--done', 'Done', '--unknown', 'Look', '--failed', 'Failed']);
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(list('.Done', 'cur')).toEqual(['1.old:2,FS', `${name}:2,`].sort());
    expect(list('.Look', 'cur')).toHaveLength(1);
    expect(list('cur')).toEqual(['1.trash:2,ST']);
    expect(existsSync(join(maildir, '.Done/maildirfolder'))).toBe(true);
  });

  it('never overwrites a message of the same name', async () => {
    const name = deliver(bounce(1));
    mkdirSync(join(maildir, '.Done/cur'), { recursive: true });
    writeFileSync(join(maildir, `.Done/cur/${name}:2,`), 'another one');
    const watcher = start(['--once', '--done', 'Done']);
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(list('.Done', 'cur')).toEqual([`${name}-1:2,`, `${name}:2,`].sort());
  });

  it('goes on past a file that is no message', async () => {
    mkdirSync(join(maildir, 'new/1.folder'));
    deliver(bounce(1));
    const watcher = start(['--once', '--done', 'Done', '--failed', 'Failed']);
    expect(await watcher.ended, watcher.stderr).toBe(3);
    expect(recipients(watcher.stdout)).toEqual(['user1@example.com']);
    expect(list('new')).toEqual([]);
    expect(list('.Failed', 'cur')).toEqual(['1.folder:2,']);
    expect(watcher.log.find((l) => l.event === 'put-aside')).toMatchObject({ error: 'is no regular file' });
  });

  it('sees mail as it arrives, and stops on SIGTERM', async () => {
    const watcher = start(['--poll', '3600']);
    await until(
      () => watcher.stderr.includes('"connected"'),
      () => watcher.stderr,
    );
    deliver(bounce(1));
    await until(
      () => recipients(watcher.stdout).length === 1,
      () => watcher.stderr,
    );
    deliver(bounce(2));
    await until(
      () => recipients(watcher.stdout).length === 2,
      () => watcher.stderr,
    );
    await until(
      () => list('cur').length === 2,
      () => watcher.stderr,
    );
    expect(await watcher.stop()).toBe(0);
  });

  it('finds a message that a mail reader renamed meanwhile', async () => {
    const name = deliver(bounce(1));
    for await (const item of readMaildir({
      path: maildir,
      once: true,
      done: { kind: 'folder', name: 'Done' },
    })) {
      if ('error' in item) throw new Error(item.error);
      renameSync(join(maildir, 'new', name), join(maildir, 'cur', `${name}:2,S`));
      await item.ack();
    }
    expect(list('.Done', 'cur')).toHaveLength(1);
    expect(list('cur')).toEqual([]);
  });

  it('changes nothing with --dry-run', async () => {
    const name = deliver(bounce(1));
    const watcher = start(['--once', '--dry-run', '--done', 'Done']);
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(recipients(watcher.stdout)).toEqual(['user1@example.com']);
    expect(list('new')).toEqual([name]);
    expect(list()).toEqual(['cur', 'new', 'tmp']);
  });

  it.each([
    [['--done', 'keyword:$Done'], /keeps no keywords/],
    [['--failed', 'delete'], /Only what was handled can be deleted/],
    [['--done', 'keyword:two words'], /no spaces/],
    [['--poll', '-1'], /above 0/],
    [['--webhook', 'http://x/', '--exec', 'true'], /one place/],
    [['--imap', 'imaps://a@b'], /one of them/],
    [['--metrics', '0.0.0.0:1'], /127\.0\.0\.1 only/],
  ])('%j is wrong usage', async (args, said) => {
    const watcher = start(['--once', ...args]);
    expect(await watcher.ended).toBe(2);
    expect(watcher.stderr).toMatch(said);
  });

  it('says what is no Maildir', async () => {
    maildir = join(folder, 'nothing');
    const watcher = start([]);
    expect(await watcher.ended).toBe(2);
    expect(watcher.stderr).toMatch(/no Maildir .*no such file or folder/);
  });
});

describe('the loop', () => {
  it('hands a message over again until the sink takes it, under one key, and moves it only then', async () => {
    const name = deliver(bounce(1));
    const receiver = await Receiver.start((_, nth) =>
      nth < 3 ? { status: 503, headers: { 'retry-after': '0' } } : 200,
    );
    const watcher = start(['--webhook', receiver.url]);
    await until(
      () => receiver.count >= 2,
      () => watcher.stderr,
    );
    expect(receiver.taken.size === 1 || list('new').includes(name)).toBe(true);
    await until(
      () => list('new').length === 0,
      () => watcher.stderr,
    );
    expect(new Set(receiver.requests.map((r) => r.headers['idempotency-key'])).size).toBe(1);
    expect(receiver.count).toBe(4);
    const report = [...receiver.taken.values()][0];
    expect(receiver.requests[0]?.headers['idempotency-key']).toBe(report?.recipients[0]?.eventId);
    await watcher.stop();
    await receiver.stop();
  });

  it('puts aside what the sink refuses for good, and goes on', async () => {
    deliver(bounce(1));
    deliver(bounce(2));
    const receiver = await Receiver.start((request) => (request.body.includes('user1@') ? 422 : 200));
    const watcher = start(['--webhook', receiver.url, '--once', '--done', 'Done', '--failed', 'Failed']);
    expect(await watcher.ended).toBe(3);
    expect(list('.Failed', 'cur')).toHaveLength(1);
    expect(list('.Done', 'cur')).toHaveLength(1);
    await receiver.stop();
  });

  it('leaves the message where it is when the sink never takes it: --once gives up, SIGTERM ends the wait', async () => {
    const name = deliver(bounce(1));
    const once = start(['--exec', 'exit 75', '--once']);
    expect(await once.ended, once.stderr).toBe(3);
    expect(once.log.at(-1)).toMatchObject({ event: 'gave-up', error: 'the command exited with status 75' });
    const service = start(['--exec', 'exit 75']);
    await until(
      () => service.stderr.includes('sink-failed'),
      () => service.stderr,
    );
    expect(await service.stop()).toBe(0);
    expect(list('new')).toEqual([name]);
  });

  it('does not hand over again what the sink had when it was killed', async () => {
    deliver(bounce(1));
    const out = join(folder, 'out.ndjson');
    const first = start(['--once', '--output', out, '--done', 'Done']);
    expect(await first.ended, first.stderr).toBe(0);
    // A kill between the sink and the journal, then one between the journal and the move: the message is still there.
    for (const lost of [true, false]) {
      if (lost) rmSync(join(folder, 'journal'));
      const [name = ''] = list('.Done', 'cur');
      renameSync(join(maildir, '.Done/cur', name), join(maildir, 'new', name.replace(/:2,.*/, '')));
      const again = start(['--once', '--output', out, '--done', 'Done']);
      expect(await again.ended, again.stderr).toBe(0);
      expect(again.log.at(-1)).toMatchObject({ handled: 1, duplicates: 1 });
      expect(again.stderr.includes('"recovered"')).toBe(lost);
      expect(list('new')).toEqual([]);
    }
  });

  it('knows from the journal what a webhook had when it was killed before the move', async () => {
    const receiver = await Receiver.start();
    const args = ['--once', '--webhook', receiver.url, '--done', 'Done'];
    for (let n = 0; n < 2; n++) {
      if (n === 0) deliver(bounce(1));
      else {
        const [name = ''] = list('.Done', 'cur');
        renameSync(join(maildir, '.Done/cur', name), join(maildir, 'new', name.replace(/:2,.*/, '')));
        deliver(bounce(1, 1));
      }
      const watcher = start(args);
      expect(await watcher.ended, watcher.stderr).toBe(0);
      expect(receiver.count).toBe(1);
    }
    expect(list('.Done', 'cur')).toHaveLength(2);
    await receiver.stop();
  });

  it('finishes the message in hand on SIGTERM', async () => {
    deliver(bounce(1));
    deliver(bounce(2));
    const mark = join(folder, 'mark');
    const watcher = start(['--exec', `touch ${mark}; sleep 1; cat > ${mark}`, '--done', 'Done']);
    await until(
      () => existsSync(mark),
      () => watcher.stderr,
    );
    expect(await watcher.stop()).toBe(0);
    expect(list('.Done', 'cur')).toHaveLength(1);
    expect(list('new')).toHaveLength(1);
  });

  it.skipIf(process.getuid?.() === 0)('says that it cannot move, and does not hand over again', async () => {
    deliver(bounce(1));
    chmodSync(join(maildir, 'new'), 0o500);
    const watcher = start(['--poll', '0.2']);
    await until(
      () => watcher.log.filter((l) => l.event === 'not-moved').length > 2,
      () => watcher.stderr,
    );
    expect(recipients(watcher.stdout)).toHaveLength(1);
    chmodSync(join(maildir, 'new'), 0o700);
    await until(
      () => list('new').length === 0,
      () => watcher.stderr,
    );
  });

  it('serves metrics and health on loopback', async () => {
    deliver(bounce(1));
    deliver(letter(2));
    const port = await freePort();
    const receiver = await Receiver.start();
    const watcher = start(['--metrics', String(port), '--webhook', receiver.url]);
    await until(
      () => receiver.taken.size === 2 && list('new').length === 0,
      () => watcher.stderr,
    );
    const get = async (path: string): Promise<{ status: number; text: string }> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, text: await response.text() };
    };
    const { text } = await get('/metrics');
    expect(text).toMatch(/^bouncekit_messages_total\{kind="bounce"\} 1$/m);
    expect(text).toMatch(/^bouncekit_messages_total\{kind="other"\} 1$/m);
    expect(text).toMatch(/^bouncekit_recipients_total\{reason="mailbox-not-found",provider="[a-z-]+"\} 1$/m);
    expect(text).toMatch(/^bouncekit_last_success_timestamp_seconds \d+/m);
    expect(text).toMatch(/^bouncekit_lag_seconds \d/m);
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) bouncekit_\w+ .+|bouncekit_\w+(?:\{\w+="[^"]*"(?:,\w+="[^"]*")*\})? -?[\d.e+]+)$/,
      );
    }
    expect(await get('/health')).toMatchObject({ status: 200 });
    expect((await get('/elsewhere')).status).toBe(404);
    await receiver.stop();
    deliver(bounce(3));
    await until(
      () => watcher.stderr.includes('sink-failed'),
      () => watcher.stderr,
    );
    const sick = await get('/health');
    expect(sick.status).toBe(503);
    expect(JSON.parse(sick.text)).toMatchObject({ ok: false, components: { sink: { ok: false } } });
    expect(await watcher.stop()).toBe(0);
  });
});
