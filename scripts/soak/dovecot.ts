import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BINARY = ['/usr/sbin/dovecot', '/usr/bin/dovecot', '/usr/local/sbin/dovecot'].find((path) =>
  existsSync(path),
);

/** Why the tests against a real server cannot run here; null where they can. */
export const noDovecot =
  BINARY === undefined ? 'skipped: dovecot is not installed (apt-get install dovecot-imapd)' : null;

export const USER = 'bounces';
export const PASSWORD = 'correct-horse';

/** nobody: Dovecot does not serve mail of root. */
const ROOTS_MAIL_UID = 65_534;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Dovecot of its own: configuration, mail, certificates and sockets in a temporary folder, on loopback. */
export class Dovecot {
  readonly folder: string;
  readonly port: number;
  /** The authority that signed the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  #process: ChildProcess | null = null;
  #delivered = 0;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
    this.authority = join(folder, 'ca.pem');
  }

  /** `settings` are lines of Dovecot configuration that come last. */
  static async start(options: { certificate?: 'expired'; settings?: string } = {}): Promise<Dovecot> {
    // In memory where that is possible: the server's disk is not what is tested.
    const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    const folder = mkdtempSync(join(parent, 'bouncekit-dovecot-'));
    chmodSync(folder, 0o755);
    const dovecot = new Dovecot(folder, await freePort());
    dovecot.#makeCertificate(options.certificate === 'expired' ? -1 : 30);
    dovecot.#configure(options.settings ?? '');
    await dovecot.start();
    return dovecot;
  }

  #makeCertificate(days: number): void {
    const openssl = (...args: string[]): void => {
      execFileSync('openssl', args, { cwd: this.folder, stdio: 'ignore' });
    };
    const key = ['-newkey', 'rsa:2048', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '30',
      '-subj',
      '/CN=bouncekit test',
    );
    openssl('req', ...key, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=localhost');
    writeFileSync(join(this.folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
    openssl('x509', '-req', '-in', 'request.pem', ...signing, '-days', String(days), '-out', 'cert.pem');
  }

  #configure(settings: string): void {
    const { username, uid, gid } = userInfo();
    const root = uid === 0;
    const mailUid = root ? ROOTS_MAIL_UID : uid;
    const mailGid = root ? ROOTS_MAIL_UID : gid;
    for (const path of ['run', 'state', 'mail']) mkdirSync(join(this.folder, path), { mode: 0o755 });
    if (root) chownSync(join(this.folder, 'mail'), mailUid, mailGid);
    writeFileSync(
      join(this.folder, 'dovecot.conf'),
      `base_dir = ${this.folder}/run
state_dir = ${this.folder}/state
log_path = ${this.folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${this.folder}/cert.pem
ssl_key = <${this.folder}/key.pem
mail_location = maildir:${this.folder}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
auth_failure_delay = 0
mail_fsync = never
mail_max_userip_connections = 200
${root ? '' : `default_internal_user = ${username}\ndefault_login_user = ${username}`}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${this.folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  ${root ? '' : 'chroot ='}
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${this.port}
    ssl = yes
  }
}
${settings}
`,
    );
  }

  async start(): Promise<void> {
    const child = spawn(BINARY as string, ['-F', '-c', join(this.folder, 'dovecot.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    this.#process = child;
    for (let tries = 0; tries < 200; tries++) {
      if (child.exitCode !== null) break;
      if (await answers(this.port)) return;
      await sleep(50);
    }
    const log = this.log();
    await this.remove();
    throw new Error(`dovecot does not start: ${said}${log}`);
  }

  log(): string {
    const path = join(this.folder, 'dovecot.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #path(mailbox: string): string {
    const inbox = join(this.folder, 'mail', USER);
    return mailbox === 'INBOX' ? inbox : join(inbox, `.${mailbox}`);
  }

  /** Delivers as Maildir says: written to tmp, renamed into new. */
  deliver(message: string | Buffer, mailbox = 'INBOX'): void {
    const path = this.#path(mailbox);
    if (!existsSync(path)) for (const name of ['tmp', 'new', 'cur']) this.#makeFolder(join(path, name));
    const name = `${Math.floor(Date.now() / 1000)}.M${String(++this.#delivered).padStart(7, '0')}P${process.pid}.test`;
    const tmp = join(path, 'tmp', name);
    writeFileSync(tmp, message, { mode: 0o600 });
    if (process.getuid?.() === 0) chownSync(tmp, ROOTS_MAIL_UID, ROOTS_MAIL_UID);
    renameSync(tmp, join(path, 'new', name));
  }

  #makeFolder(path: string): void {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (process.getuid?.() !== 0) return;
    for (let made = path; made !== this.folder; made = join(made, '..')) {
      chownSync(made, ROOTS_MAIL_UID, ROOTS_MAIL_UID);
    }
  }

  /** File names of the messages in a folder. */
  list(mailbox: string): string[] {
    return ['new', 'cur'].flatMap((name) => {
      const path = join(this.#path(mailbox), name);
      return existsSync(path) ? readdirSync(path) : [];
    });
  }

  contents(mailbox: string): string[] {
    return ['new', 'cur'].flatMap((name) => {
      const path = join(this.#path(mailbox), name);
      return existsSync(path)
        ? readdirSync(path).map((file) => readFileSync(join(path, file), 'latin1'))
        : [];
    });
  }

  /** Numbers every folder anew. Dovecot must be stopped. */
  changeUidValidity(): void {
    const inbox = this.#path('INBOX');
    const folders = [
      inbox,
      ...readdirSync(inbox)
        .filter((n) => n.startsWith('.'))
        .map((n) => join(inbox, n)),
    ];
    for (const folder of folders) {
      for (const name of readdirSync(folder)) {
        if (name.startsWith('dovecot')) rmSync(join(folder, name), { recursive: true });
      }
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
