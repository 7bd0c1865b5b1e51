import { spawn } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { Dovecot, noDovecot, PASSWORD, USER } from '../../scripts/soak/dovecot.ts';
import { bounce } from '../../scripts/soak/messages.ts';
import { Receiver } from '../../scripts/soak/receiver.ts';
import { CLI, Watcher } from '../../scripts/soak/watcher.ts';

if (noDovecot !== null) console.warn(`test/watch/memory.test.ts: ${noDovecot}`);

const WHOLE = process.env.BOUNCEKIT_SOAK === 'whole';
const MB = 1024 * 1024;
/** Without a bound, V8 lets garbage lie while the machine has room. What leaked would not fit in here. */
const BOUNDED_HEAP = { NODE_OPTIONS: '--max-old-space-size=96' };

async function connect(dovecot: Dovecot): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: 'localhost',
    port: dovecot.port,
    secure: true,
    tls: { ca: readFileSync(dovecot.authority) },
    auth: { user: USER, pass: PASSWORD },
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

function residentMb(pid: number | undefined): number {
  try {
    const field = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return field === null ? 0 : Math.round(Number(field[1]) / 1024);
  } catch {
    return 0;
  }
}

describe('memory stays flat', () => {
  it(
    'over an mbox',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bouncekit-mbox-'));
      try {
        const path = join(folder, 'large.mbox');
        const target = (WHOLE ? 2_048 : 100) * MB;
        const out = createWriteStream(path);
        let written = 0;
        let messages = 0;
        while (written < target) {
          let block = '';
          for (let n = 0; n < 500; n++) {
            // Every fiftieth returns a message with an attachment.
            const padding = messages % 50 === 0 ? `${'x'.repeat(76)}\n`.repeat(4_000) : '';
            block += `From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n${bounce(messages)}${padding}\n`;
            messages++;
          }
          written += block.length;
          if (!out.write(block)) await new Promise((resolve) => out.once('drain', () => resolve(null)));
        }
        out.end();
        await finished(out);

        const started = Date.now();
        const child = spawn(process.execPath, [CLI, 'parse', path, '--jobs', '2'], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, ...BOUNDED_HEAP },
        });
        let lines = 0;
        child.stdout.on('data', (chunk: Buffer) => {
          for (const byte of chunk) if (byte === 0x0a) lines++;
        });
        const samples: number[] = [];
        const measure = setInterval(() => samples.push(residentMb(child.pid)), 200);
        const code = await new Promise((resolve) => child.once('close', resolve));
        clearInterval(measure);
        const half = Math.floor(samples.length / 2);
        const figures = {
          mbox: `${Math.round(statSync(path).size / MB)} MB`,
          messages,
          seconds: (Date.now() - started) / 1000,
          largestMb: Math.max(...samples),
          firstHalfMb: Math.max(...samples.slice(0, half)),
          secondHalfMb: Math.max(...samples.slice(half)),
        };
        console.log(JSON.stringify(figures));
        expect(code).toBe(0);
        expect(lines).toBe(messages);
        // Some 100 MB for each of the three threads. Were the messages kept, they would not fit in here.
        expect(figures.largestMb).toBeLessThan(320);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    WHOLE ? 1_200_000 : 60_000,
  );

  it.skipIf(noDovecot !== null)(
    'over a mailbox',
    async () => {
      // Not a Maildir: one of many messages is slow for the server.
      const mail = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bouncekit-sdbox-'));
      chmodSync(mail, 0o777);
      const dovecot = await Dovecot.start({ settings: `mail_location = sdbox:${mail}/%u` });
      const sender = await connect(dovecot);
      const receiver = await Receiver.start(() => 200, false);
      const journal = mkdtempSync(join(tmpdir(), 'bouncekit-memory-'));
      const messages = WHOLE ? 100_000 : 1_000;
      try {
        const samples: number[] = [];
        const started = Date.now();
        const watcher = new Watcher(
          [
            '--imap',
            `imaps://${USER}@localhost:${dovecot.port}/INBOX`,
            '--done',
            'Done',
            '--webhook',
            receiver.url,
            '--journal',
            join(journal, 'journal'),
            '--poll',
            '1',
          ],
          {
            BOUNCEKIT_IMAP_PASSWORD: PASSWORD,
            NODE_EXTRA_CA_CERTS: dovecot.authority,
            ...BOUNDED_HEAP,
          },
        );
        const measure = setInterval(() => samples.push(Math.round((watcher.memory() ?? 0) / MB)), 500);
        for (let n = 0; n < messages && watcher.running; n++) {
          await sender.append('INBOX', Buffer.from(bounce(n).replaceAll('\n', '\r\n')));
        }
        await sender.logout();
        while (receiver.count < messages && watcher.running) await sleep(50);
        expect(await watcher.stop(), watcher.stderr.slice(-500)).toBe(0);
        clearInterval(measure);
        const tenth = Math.max(1, Math.floor(samples.length / 10));
        const figures = {
          messages: receiver.taken.size,
          seconds: (Date.now() - started) / 1000,
          largestMb: Math.max(...samples),
          byTenthMb: Array.from({ length: 10 }, (_, n) =>
            Math.max(0, ...samples.slice(n * tenth, (n + 1) * tenth)),
          ),
        };
        console.log(JSON.stringify(figures));
        expect(figures.messages).toBe(messages);
        expect(figures.largestMb).toBeLessThan(300);
      } finally {
        await receiver.stop();
        sender.close();
        await dovecot.remove();
        rmSync(mail, { recursive: true, force: true });
        rmSync(journal, { recursive: true, force: true });
      }
    },
    WHOLE ? 7_200_000 : 90_000,
  );
});
