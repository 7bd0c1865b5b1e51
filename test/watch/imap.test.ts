import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dovecot, freePort, noDovecot, PASSWORD, USER } from '../../scripts/soak/dovecot.ts';
import { bounce, letter } from '../../scripts/soak/messages.ts';
import { Proxy } from '../../scripts/soak/proxy.ts';
import { until, Watcher } from '../../scripts/soak/watcher.ts';
import { readImap } from '../../src/sources/imap.ts';
import type { SourceEvent } from '../../src/sources/source.ts';

if (noDovecot !== null) console.warn(`test/watch/imap.test.ts: ${noDovecot}`);

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const FOLDERS = ['--done', 'Done', '--unknown', 'Look', '--failed', 'Failed'];

describe.skipIf(noDovecot !== null)('bouncekit watch --imap, against Dovecot', () => {
  let dovecot: Dovecot;
  let folder: string;
  const running: Watcher[] = [];

  beforeAll(async () => {
    dovecot = await Dovecot.start();
  }, 30_000);
  afterAll(() => dovecot.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bouncekit-watch-'));
  });
  afterEach(async () => {
    for (const watcher of running.splice(0)) await watcher.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Options {
    readonly port?: number;
    readonly mailbox?: string;
    readonly env?: Record<string, string>;
    readonly server?: Dovecot;
  }

  function start(args: string[], options: Options = {}): Watcher {
    const server = options.server ?? dovecot;
    const url = `imaps://${USER}@localhost:${options.port ?? server.port}/${options.mailbox ?? 'INBOX'}`;
    const watcher = new Watcher(['--imap', url, '--journal', join(folder, 'journal'), ...args], {
      BOUNCEKIT_IMAP_PASSWORD: PASSWORD,
      NODE_EXTRA_CA_CERTS: server.authority,
      ...options.env,
    });
    running.push(watcher);
    return watcher;
  }

  /** A folder that no other test uses. */
  let made = 0;
  function newMailbox(...messages: (string | Buffer)[]): string {
    const mailbox = `box${++made}`;
    for (const message of messages) dovecot.deliver(message, mailbox);
    return mailbox;
  }

  const reports = (
    text: string,
  ): { source: { path: string }; kind: string; recipients: { recipient: string }[] }[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));

  it('hands over each message once and moves it: done, unknown', async () => {
    const mailbox = newMailbox(bounce(1), bounce(2), letter(3));
    const watcher = start([...FOLDERS, '--once'], { mailbox });
    expect(await watcher.ended, watcher.stderr).toBe(0);
    const found = reports(watcher.stdout);
    expect(found.map((r) => r.recipients[0]?.recipient ?? r.kind)).toEqual([
      'user1@example.com',
      'user2@example.com',
      'other',
    ]);
    expect(found[0]?.source.path).toMatch(
      /^imaps:\/\/bounces@localhost:\d+\/box\d+;UIDVALIDITY=\d+\/;UID=1$/,
    );
    expect(dovecot.list(mailbox)).toEqual([]);
    expect(dovecot.contents('Done')).toEqual(expect.arrayContaining([bounce(1), bounce(2)]));
    expect(dovecot.contents('Look')).toContain(letter(3));
    // BODY.PEEK: nothing is seen.
    expect(dovecot.list('Done').every((name) => !/:2,.*S/.test(name))).toBe(true);
  });

  it('marks with keywords where no folders are named, and finds nothing the second time', async () => {
    const mailbox = newMailbox(bounce(11), letter(12));
    const first = start(['--once'], { mailbox });
    expect(await first.ended, first.stderr).toBe(0);
    expect(reports(first.stdout)).toHaveLength(2);
    rmSync(join(folder, 'journal'));
    const second = start(['--once'], { mailbox });
    expect(await second.ended, second.stderr).toBe(0);
    expect(second.stdout).toBe('');
    expect(dovecot.list(mailbox)).toHaveLength(2);
  });

  it('changes nothing with --dry-run', async () => {
    const mailbox = newMailbox(bounce(21), letter(22));
    const names = (): Set<string | undefined> =>
      new Set(dovecot.list(mailbox).map((name) => name.split(':')[0]));
    const before = names();
    for (let n = 0; n < 2; n++) {
      const watcher = start([...FOLDERS, '--once', '--dry-run'], { mailbox });
      expect(await watcher.ended, watcher.stderr).toBe(0);
      expect(reports(watcher.stdout)).toHaveLength(2);
    }
    expect(names()).toEqual(before);
    expect(() => readFileSync(join(folder, 'journal'))).toThrow('ENOENT');
  });

  it('deletes only when told', async () => {
    const mailbox = newMailbox(bounce(31), letter(32));
    const watcher = start(['--done', 'delete', '--unknown', 'Look', '--failed', 'Failed', '--once'], {
      mailbox,
    });
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(dovecot.list(mailbox)).toEqual([]);
    expect(dovecot.contents('Look')).toContain(letter(32));
  });

  it('sees mail as it arrives (IDLE), and stops on SIGTERM', async () => {
    const mailbox = newMailbox(bounce(41));
    const watcher = start([...FOLDERS, '--poll', '3600'], { mailbox });
    await until(
      () => reports(watcher.stdout).length === 1,
      () => watcher.stderr,
    );
    await sleep(300);
    dovecot.deliver(bounce(42), mailbox);
    await until(
      () => reports(watcher.stdout).length === 2,
      () => watcher.stderr,
    );
    await until(
      () => dovecot.list(mailbox).length === 0,
      () => watcher.stderr,
    );
    expect(await watcher.stop()).toBe(0);
    expect(watcher.log.at(-1)).toMatchObject({ event: 'stopped', handled: 2, failures: 0 });
  });

  it('fetches no more than --max-bytes of a message', async () => {
    const long = `${bounce(51)}${'x'.repeat(70)}\n`.padEnd(3_000_000, `${'y'.repeat(70)}\n`);
    const mailbox = newMailbox(long, bounce(52));
    const watcher = start([...FOLDERS, '--once', '--max-bytes', '20000'], { mailbox });
    expect(await watcher.ended, watcher.stderr).toBe(0);
    const found = reports(watcher.stdout);
    expect(found.map((r) => r.recipients[0]?.recipient)).toEqual([
      'user51@example.com',
      'user52@example.com',
    ]);
    expect(JSON.stringify(found[0])).toContain('limit-');
    expect(JSON.stringify(found[1])).not.toContain('limit-');
  });

  it('comes back after the connection was cut', async () => {
    const mailbox = newMailbox(bounce(61));
    const proxy = await Proxy.start(dovecot.port);
    try {
      const watcher = start([...FOLDERS, '--poll', '1'], { mailbox, port: proxy.port });
      await until(
        () => reports(watcher.stdout).length === 1,
        () => watcher.stderr,
      );
      proxy.cut();
      dovecot.deliver(bounce(62), mailbox);
      await until(
        () => reports(watcher.stdout).length === 2,
        () => watcher.stderr,
      );
      await until(
        () => dovecot.list(mailbox).length === 0,
        () => watcher.stderr,
      );
      expect(watcher.log.filter((l) => l.event === 'disconnected').length).toBeGreaterThan(0);
    } finally {
      await proxy.stop();
    }
  });

  // In the second case it dies with the IDLE on its way, whose end the client waits for before all else.
  it.each(['is settled', 'was settled'])(
    'notices that the connection died while a message %s',
    async (when) => {
      const mailbox = newMailbox(bounce(64));
      const proxy = await Proxy.start(dovecot.port);
      const stop = new AbortController();
      const events: SourceEvent[] = [];
      const seen: string[] = [];
      let died = 0;
      const die = (): void => {
        proxy.silence(true);
        died = Date.now();
      };
      const ended = (async () => {
        const source = readImap({
          url: `imaps://${USER}@localhost:${proxy.port}/${mailbox}`,
          credential: async () => ({ password: PASSWORD }),
          tls: { ca: readFileSync(dovecot.authority) },
          pollMs: 500,
          silenceMs: 2_000,
          signal: stop.signal,
          onEvent: (event) => events.push(event),
        });
        for await (const item of source) {
          seen.push(item.origin.path);
          // Where the machine is slow this fails, too; the message is then offered again.
          if (!('error' in item)) await item.ack().catch(() => {});
          if (when === 'was settled' && died === 0) die();
        }
      })();
      try {
        await until(
          () => seen.length >= 1,
          () => JSON.stringify(events),
        );
        if (when === 'is settled') die();
        await until(
          () => events.some((e) => e.type === 'disconnected'),
          () => JSON.stringify(events),
        );
        expect(Date.now() - died).toBeLessThan(8_000);
        expect(JSON.stringify(events)).toContain('it stopped answering');
        proxy.silence(false);
        proxy.cut();
        dovecot.deliver(bounce(65), mailbox);
        await until(
          () => new Set(seen).size === 2,
          () => JSON.stringify(events),
          40_000,
        );
      } finally {
        stop.abort();
        await ended;
        await proxy.stop();
      }
    },
    60_000,
  );

  it('takes a copy of the same failure for a duplicate', async () => {
    const mailbox = newMailbox(bounce(71), bounce(71, 1), bounce(72));
    const watcher = start([...FOLDERS, '--once'], { mailbox });
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(reports(watcher.stdout)).toHaveLength(2);
    expect(dovecot.list(mailbox)).toEqual([]);
    expect(watcher.log.at(-1)).toMatchObject({ handled: 3, duplicates: 1 });
  });

  it('recognises by eventId what the sink has, where UIDVALIDITY changed under messages that were not moved', async () => {
    const own = await Dovecot.start();
    try {
      for (let n = 81; n < 84; n++) own.deliver(bounce(n));
      const first = start(['--once'], { server: own });
      expect(await first.ended, first.stderr).toBe(0);
      expect(reports(first.stdout)).toHaveLength(3);
      await own.stop();
      // The keywords are lost with the numbers.
      own.changeUidValidity();
      for (const name of own.list('INBOX'))
        own.deliver(readFileSync(join(own.folder, 'mail', USER, 'cur', name)));
      for (const name of own.list('INBOX').filter((n) => n.includes(':2,'))) {
        rmSync(join(own.folder, 'mail', USER, 'cur', name));
      }
      await own.start();
      own.deliver(bounce(84));
      const second = start([...FOLDERS, '--once'], { server: own });
      expect(await second.ended, second.stderr).toBe(0);
      expect(reports(second.stdout).map((r) => r.recipients[0]?.recipient)).toEqual(['user84@example.com']);
      expect(own.list('INBOX')).toEqual([]);
      expect(own.list('Done')).toHaveLength(4);
    } finally {
      await own.remove();
    }
  }, 30_000);

  describe('what cannot work is said in a line', () => {
    async function expectEnd(watcher: Watcher, code: number, error: RegExp): Promise<void> {
      expect(await watcher.ended, watcher.stderr).toBe(code);
      expect(watcher.stderr).toMatch(error);
      expect(watcher.stderr).not.toContain('    at ');
    }

    it('a wrong password: once, without trying it again', async () => {
      const watcher = start([], { env: { BOUNCEKIT_IMAP_PASSWORD: 'wrong' } });
      await expectEnd(watcher, 2, /refused the login of bounces.*check the user and the password/);
      expect(watcher.log.filter((l) => l.event === 'disconnected')).toEqual([]);
    });

    it('a wrong folder: with those that there are', async () => {
      newMailbox(bounce(1));
      await expectEnd(
        start([], { mailbox: 'Missing' }),
        2,
        /folder Missing cannot be opened .*there are .*INBOX/,
      );
    });

    it('an expired certificate', async () => {
      const expired = await Dovecot.start({ certificate: 'expired' });
      try {
        await expectEnd(start([], { server: expired }), 2, /certificate of localhost:\d+ has expired/);
      } finally {
        await expired.remove();
      }
    });

    it('a certificate of nobody known', async () => {
      await expectEnd(start([], { env: { NODE_EXTRA_CA_CERTS: '' } }), 2, /NODE_EXTRA_CA_CERTS/);
    });

    it('a server that is not there: retried, and given up with --once', async () => {
      const watcher = start([], { port: 1 });
      await until(
        () => watcher.log.filter((l) => l.event === 'disconnected').length >= 2,
        () => watcher.stderr,
      );
      expect(watcher.stderr).toMatch(/nothing listens there/);
      expect(await watcher.stop()).toBe(0);
      await expectEnd(start(['--once'], { port: 1 }), 3, /nothing listens there/);
    }, 20_000);

    it.each([
      ['garbage', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
      ['nothing at all', ''],
    ])(
      'a server that answers %s: named, and tried again',
      async (_, text) => {
        const server: Server = createServer((socket) => {
          socket.on('error', () => {});
          if (text !== '') socket.end(text);
          else socket.destroy();
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        try {
          const watcher = start([], { port: (server.address() as AddressInfo).port });
          await until(
            () => watcher.log.filter((l) => l.event === 'disconnected').length >= 2,
            () => watcher.stderr,
          );
          expect(watcher.log.find((l) => l.event === 'disconnected')?.error).toMatch(/^localhost:\d+: /);
          expect(await watcher.stop()).toBe(0);
        } finally {
          server.close();
        }
      },
      20_000,
    );

    it('no password, or one in the URL', async () => {
      await expectEnd(
        start([], { env: { BOUNCEKIT_IMAP_PASSWORD: '' } }),
        2,
        /BOUNCEKIT_IMAP_PASSWORD is empty/,
      );
      const watcher = new Watcher(['--imap', 'imaps://user:secret@localhost']);
      await expectEnd(watcher, 2, /holds no password/);
      expect(watcher.stderr).not.toContain('secret');
    });
  });

  it('puts aside what the server cannot give, and goes on', async () => {
    const mailbox = newMailbox(bounce(101), bounce(102), bounce(103));
    const path = join(dovecot.folder, 'mail', USER, `.${mailbox}`, 'new');
    chmodSync(join(path, readdirSync(path).sort()[1] as string), 0o000);
    const watcher = start([...FOLDERS, '--once'], { mailbox });
    expect(await watcher.ended, watcher.stderr).toBe(3);
    expect(reports(watcher.stdout).map((r) => r.recipients[0]?.recipient)).toEqual([
      'user101@example.com',
      'user103@example.com',
    ]);
    expect(watcher.log.filter((l) => l.event === 'put-aside')).toHaveLength(1);
    expect(dovecot.list(mailbox)).toEqual([]);
    expect(dovecot.list('Failed')).toHaveLength(1);
  });

  it('puts aside a message on which the connection breaks each time', async () => {
    const mailbox = newMailbox(
      bounce(131),
      `${bounce(132)}${`${'z'.repeat(76)}\n`.repeat(20_000)}`,
      bounce(133),
    );
    const proxy = await Proxy.start(dovecot.port);
    proxy.cutAfter(300_000);
    try {
      const watcher = start([...FOLDERS, '--once'], { mailbox, port: proxy.port });
      expect(await watcher.ended, watcher.stderr).toBe(3);
      expect(reports(watcher.stdout).map((r) => r.recipients[0]?.recipient)).toEqual([
        'user131@example.com',
        'user133@example.com',
      ]);
      expect(watcher.log.find((l) => l.event === 'put-aside')?.error).toBe(
        'the connection broke 3 times while this message was fetched',
      );
      expect(dovecot.list(mailbox)).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });

  it('gets along with a server that lets it wait', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const stop = new AbortController();
    const said: string[] = [];
    const source = readImap({
      url: `imaps://${USER}@localhost:${(silent.address() as AddressInfo).port}/INBOX`,
      credential: async () => ({ password: PASSWORD }),
      silenceMs: 500,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type !== 'disconnected') return;
        said.push(event.detail);
        if (said.length === 2) stop.abort();
      },
    });
    for await (const item of source) throw new Error(item.origin.path);
    expect(said).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/no answer: check host, port/)),
    );
    silent.close();
  });

  it('speaks STARTTLS on imap://, and never without it', async () => {
    const port = await freePort();
    const own = await Dovecot.start({
      settings: `service imap-login {
  inet_listener imap {
    port = ${port}
  }
}`,
    });
    try {
      own.deliver(bounce(111));
      const args = [
        '--imap',
        `imap://${USER}@localhost:${port}/INBOX`,
        '--journal',
        join(folder, 'j'),
        '--once',
      ];
      const env = { BOUNCEKIT_IMAP_PASSWORD: PASSWORD, NODE_EXTRA_CA_CERTS: own.authority };
      const untrusted = new Watcher(args, { ...env, NODE_EXTRA_CA_CERTS: '' });
      expect(await untrusted.ended).toBe(2);
      expect(untrusted.stderr).toContain('the certificate of');
      const watcher = new Watcher(args, env);
      expect(await watcher.ended, watcher.stderr).toBe(0);
      expect(reports(watcher.stdout)).toHaveLength(1);
    } finally {
      await own.remove();
    }
    const withoutTls = `ssl = no
disable_plaintext_auth = no
service imap-login {
  inet_listener imaps {
    ssl = no
  }
}`;
    const old = await Dovecot.start({ settings: withoutTls });
    try {
      old.deliver(bounce(112));
      const args = [
        '--imap',
        `imap://${USER}@localhost:${old.port}/INBOX`,
        '--journal',
        join(folder, 'j'),
        '--once',
      ];
      const env = { BOUNCEKIT_IMAP_PASSWORD: PASSWORD };
      const refused = new Watcher(args, env);
      expect(await refused.ended, refused.stderr).not.toBe(0);
      expect(refused.stderr).toContain('STARTTLS');
      const told = new Watcher([...args, '--no-tls'], env);
      expect(await told.ended, told.stderr).toBe(0);
      expect(reports(told.stdout)).toHaveLength(1);
    } finally {
      await old.remove();
    }
  });

  it('logs in with an OAuth 2.0 token, asks for it at each connection, and gives up on one that is refused', async () => {
    // What an identity provider says of a token.
    const provider = createHttpServer((request, response) => {
      const good = request.url?.includes('good-token') === true;
      response.writeHead(good ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(good ? { email: USER } : { error: 'invalid_token' }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    chmodSync(folder, 0o755);
    const conf = join(folder, 'oauth2.conf');
    const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/?token=`;
    writeFileSync(conf, `tokeninfo_url = ${url}\nintrospection_mode = auth\nusername_attribute = email\n`);
    const own = await Dovecot.start({
      settings: `auth_mechanisms = plain oauthbearer xoauth2
passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = ${conf}
}`,
    });
    try {
      own.deliver(bounce(121));
      const counter = join(folder, 'asked');
      const password = { BOUNCEKIT_IMAP_PASSWORD: '' };
      // Expired at first, fresh at the second connection.
      const command = `echo x >> ${counter}; [ $(wc -l < ${counter}) -gt 2 ] && echo good-token || echo old-token`;
      const watcher = start(['--once', '--token-command', command], { server: own, env: password });
      expect(await watcher.ended, watcher.stderr).toBe(0);
      expect(reports(watcher.stdout)).toHaveLength(1);
      expect(watcher.log.filter((l) => l.event === 'disconnected')).toHaveLength(1);
      writeFileSync(join(folder, 'token'), 'old-token\n');
      const refused = start(['--once', '--token-file', join(folder, 'token')], {
        server: own,
        env: password,
      });
      expect(await refused.ended, refused.stderr).toBe(2);
      expect(refused.stderr).toMatch(
        /refused the login of bounces.*check the user and the password or token/,
      );
    } finally {
      await own.remove();
      provider.close();
    }
  });

  it('reads the password from a file and a command, and its options from a file', async () => {
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
    const mailbox = newMailbox(bounce(91));
    const config = join(folder, 'bouncekit.toml');
    const lines = [
      `imap = "imaps://${USER}@localhost:${dovecot.port}/${mailbox}"`,
      `password-command = "cat '${join(folder, 'password')}'"`,
      `journal = "${join(folder, 'journal')}"`,
      `output = "${join(folder, 'out.ndjson')}"`,
      'done = "Done"',
      'poll = 5',
      'once = true',
    ];
    writeFileSync(config, lines.join('\n'));
    const watcher = new Watcher(['--config', config], { NODE_EXTRA_CA_CERTS: dovecot.authority });
    expect(await watcher.ended, watcher.stderr).toBe(0);
    expect(reports(readFileSync(join(folder, 'out.ndjson'), 'utf8'))).toHaveLength(1);

    writeFileSync(config, 'imap = "imaps://a@b"\npasswort = "x"\n');
    const wrong = new Watcher(['--config', config]);
    expect(await wrong.ended).toBe(2);
    expect(wrong.stderr).toContain('there is no option "passwort"');
  });
});
