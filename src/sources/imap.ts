import type { ConnectionOptions } from 'node:tls';
import type { FetchMessageObject, ImapFlow, ImapFlowError, SearchObject } from 'imapflow';
import { BouncekitError, DEFAULT_LIMITS } from '../index.ts';
import { SourceError } from './errors.ts';
import { explainImapError } from './imap-errors.ts';
import { type ImapAddress, parseImapUrl } from './imap-url.ts';
import { DEFAULT_POLL_MS, type MailboxOptions, type Placement, type SourceItem } from './source.ts';
import { backoff, isStopped, sleep } from './wait.ts';

/** A password or an OAuth 2.0 access token (SASL XOAUTH2, OAUTHBEARER: RFC 7628). */
export type ImapCredential = { readonly password: string } | { readonly accessToken: string };

export interface ImapOptions extends MailboxOptions {
  /** `imaps://user@host[:port][/folder]`. */
  readonly url: string;
  /** Asked for at every connection, since tokens expire. */
  readonly credential: () => Promise<ImapCredential>;
  /** False: `imap://` without STARTTLS. An object: more about TLS, such as an authority of your own. */
  readonly tls?: boolean | ConnectionOptions;
  /**
   * Milliseconds of silence while an answer is due, after which the connection counts as dead (default 60,000). IDLE is
   * broken by every poll, so that a connection that died silently is noticed within a poll and twice this.
   */
  readonly silenceMs?: number;
}

/** Placements where none are named: keywords, so that nothing is moved unless somebody said where to. */
export const DEFAULT_IMAP_PLACEMENTS = {
  done: { kind: 'keyword', name: '$BouncekitDone' },
  unknown: { kind: 'keyword', name: '$BouncekitUnknown' },
  failed: { kind: 'keyword', name: '$BouncekitFailed' },
} as const satisfies Record<string, Placement>;

const CONNECT_TIMEOUT_MS = 30_000;
const DEFAULT_SILENCE_MS = 60_000;
/** One line holds the answer to a search: 8 bytes a message. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** A message on which the connection broke this often is put aside. */
const MAX_FETCH_ATTEMPTS = 3;
/** Connections tried with `once`, before a job that somebody waits for gives up. */
const ONCE_ATTEMPTS = 4;

/**
 * The messages of an IMAP folder, one at a time, each until it was acknowledged; then the next ones as they arrive.
 * Connects again where the connection breaks. Reads with BODY.PEEK: nothing is marked as seen, and nothing is deleted
 * unless a placement says so. Needs the package `imapflow`.
 *
 * `origin.path` is the URL of the message with UIDVALIDITY and UID (RFC 5092).
 * @throws SourceError where trying again helps nobody: login refused, no such folder, a bad certificate.
 */
export async function* readImap(options: ImapOptions): AsyncGenerator<SourceItem> {
  const address = parseImapUrl(options.url);
  const { ImapFlow: Client } = await loadClient();
  const { signal, silenceMs = DEFAULT_SILENCE_MS } = options;
  const attempts = new Map<string, number>();
  let failures = 0;
  let worked = false;
  let refusals = 0;
  let uidValidity: bigint | undefined;
  while (!isStopped(signal)) {
    let credential: ImapCredential;
    try {
      credential = await options.credential();
    } catch (error) {
      if (!worked) throw error;
      const retryInMs = backoff(++failures);
      options.onEvent?.({ type: 'disconnected', detail: (error as Error).message, retryInMs });
      await sleep(retryInMs, signal);
      continue;
    }
    const client = new Client({
      host: address.host,
      port: address.port,
      secure: address.implicitTls,
      ...(address.implicitTls ? {} : { doSTARTTLS: options.tls !== false }),
      ...(typeof options.tls === 'object' ? { tls: options.tls } : {}),
      auth: {
        user: address.user,
        ...('password' in credential
          ? { pass: credential.password }
          : { accessToken: credential.accessToken }),
      },
      clientInfo: { name: 'bouncekit' },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: Math.min(CONNECT_TIMEOUT_MS, silenceMs),
      greetingTimeout: Math.min(CONNECT_TIMEOUT_MS, silenceMs),
      socketTimeout: silenceMs,
      maxLockHoldTime: false,
      maxLineLength: MAX_LINE_BYTES,
      maxLiteralSize: maxBytesOf(options) + 1024 * 1024,
      maxResponseSize: maxBytesOf(options) + MAX_LINE_BYTES,
    });
    const session = new Session(client, address, options, attempts);
    try {
      const validity = await session.open();
      if (uidValidity !== undefined && uidValidity !== validity) {
        attempts.clear();
        options.onEvent?.({ type: 'uidvalidity-changed', detail: `from ${uidValidity} to ${validity}` });
      }
      uidValidity = validity;
      options.onEvent?.({ type: 'connected', detail: session.url });
      worked = true;
      refusals = 0;
      for await (const item of session.items()) {
        failures = 0;
        yield item;
      }
      return;
    } catch (error) {
      if (isStopped(signal)) return;
      const cause = explainImapError(session.error ?? error, address);
      failures++;
      if (cause.code === 'authentication' && !cause.retryable) refusals++;
      // An expired token is fresh at the second attempt; a third one only gets the account locked.
      const refused = refusals > ('accessToken' in credential ? 1 : 0);
      const hopeless = refused || (!cause.retryable && cause.code !== 'authentication' && !worked);
      if (hopeless || (options.once === true && failures >= ONCE_ATTEMPTS)) throw cause;
      const retryInMs = backoff(failures);
      options.onEvent?.({ type: 'disconnected', detail: cause.message, retryInMs });
      await session.close();
      await sleep(retryInMs, signal);
    } finally {
      await session.close();
    }
  }
}

function maxBytesOf(options: MailboxOptions): number {
  return options.maxBytes ?? DEFAULT_LIMITS.bytes;
}

async function loadClient(): Promise<typeof import('imapflow')> {
  try {
    return await import('imapflow');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new SourceError(
      'missing-package',
      'IMAP needs the package imapflow: npm install imapflow, beside bouncekit',
      false,
      { cause: error },
    );
  }
}

/** Times the silence bound after which nothing comes that the client itself has not noticed. */
const PATIENCE = 2;

/** One connection. */
class Session {
  readonly #client: ImapFlow;
  readonly #silenceMs: number;
  readonly #address: ImapAddress;
  readonly #options: ImapOptions;
  readonly #attempts: Map<string, number>;
  readonly #placements: { done: Placement; unknown: Placement; failed: Placement };
  /** URL of the folder, with its UIDVALIDITY. */
  url = '';
  /** The first error that the client reported beside its answers: it tells more than those. */
  error: unknown;
  #leased = false;
  #closed = false;
  /** Mail came since the last search. */
  #mailCame = false;
  #wake: () => void = () => {};
  readonly #stop = (): void => {
    this.#wake();
    if (!this.#leased) this.#client.close();
  };

  constructor(client: ImapFlow, address: ImapAddress, options: ImapOptions, attempts: Map<string, number>) {
    this.#client = client;
    this.#silenceMs = options.silenceMs ?? DEFAULT_SILENCE_MS;
    this.#address = address;
    this.#options = options;
    this.#attempts = attempts;
    this.#placements = {
      done: options.done ?? DEFAULT_IMAP_PLACEMENTS.done,
      unknown: options.unknown ?? DEFAULT_IMAP_PLACEMENTS.unknown,
      failed: options.failed ?? DEFAULT_IMAP_PLACEMENTS.failed,
    };
    client.on('error', (error) => {
      this.error ??= error;
      this.#wake();
    });
    client.on('close', () => this.#wake());
    client.on('exists', () => {
      this.#mailCame = true;
      this.#wake();
    });
    options.signal?.addEventListener('abort', this.#stop, { once: true });
  }

  /**
   * What the server answers to a command. Where the connection dies while the client enters or leaves IDLE, it waits for
   * ever for the end of that: so whether anything comes is watched here, too.
   */
  async #answer<T>(command: Promise<T>): Promise<T> {
    let { received } = this.#client.stats();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        const before = received;
        ({ received } = this.#client.stats());
        if (received !== before) return;
        this.error ??= Object.assign(new Error('no answer came'), { code: 'ETIMEOUT' });
        this.#client.close();
        reject(this.error);
      }, PATIENCE * this.#silenceMs);
    });
    // Closing may end the command, too, when nobody waits for it any more.
    command.catch(() => {});
    try {
      return await Promise.race([command, silence]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Logs in and selects the folder. Returns its UIDVALIDITY. */
  async open(): Promise<bigint> {
    await this.#client.connect();
    try {
      // A lock held tells the client that silence between commands is wanted; it then keeps the connection alive.
      await this.#client.getMailboxLock(this.#address.folder, { readOnly: this.#options.dryRun === true });
    } catch (error) {
      throw await this.#explainFolder(error);
    }
    const { mailbox } = this.#client;
    if (mailbox === false) throw new SourceError('connection', 'the folder was closed again', true);
    this.url = `${this.#address.url};UIDVALIDITY=${mailbox.uidValidity}`;
    if (this.#options.dryRun !== true) await this.#checkPlacements(mailbox.readOnly === true);
    return mailbox.uidValidity;
  }

  async #explainFolder(error: unknown): Promise<unknown> {
    const { responseStatus, responseText, serverResponseCode, mailboxMissing } = error as ImapFlowError;
    if (responseStatus !== 'NO') return error;
    // RFC 5530 §3. Other refusals are troubles of the server, which pass.
    const hopeless = mailboxMissing === true || ['NONEXISTENT', 'NOPERM'].includes(serverResponseCode ?? '');
    const folders = hopeless ? await this.#client.list().catch(() => []) : [];
    const names = folders.slice(0, 20).map((f) => f.path);
    const said = `the folder ${this.#address.folder} cannot be opened (${responseText ?? 'refused'})`;
    const todo = names.length > 0 ? `: there are ${names.join(', ')}` : '';
    return new SourceError('folder', `${said}${todo}`, !hopeless, { cause: error });
  }

  /** What cannot work is said before the first message, and folders that are missing are made. */
  async #checkPlacements(readOnly: boolean): Promise<void> {
    const { mailbox, capabilities } = this.#client;
    const { folder } = this.#address;
    if (readOnly) {
      const what = `${folder} can only be read: messages cannot be moved or flagged. Ask for rights, or use --dry-run`;
      throw new SourceError('folder', what, false);
    }
    for (const [option, placement] of Object.entries(this.#placements)) {
      if (placement.kind === 'keyword') {
        const allowed = mailbox === false ? undefined : mailbox.permanentFlags;
        if (allowed === undefined || allowed.has('\\*') || allowed.has(placement.name)) continue;
        const what = `the server keeps no keyword ${placement.name} in ${folder}: name a folder with --${option}`;
        throw new SourceError('folder', what, false);
      }
      // Without UIDPLUS, taking one message out takes out all that anybody marked as deleted.
      if (!capabilities.has('UIDPLUS') && (placement.kind === 'delete' || !capabilities.has('MOVE'))) {
        const what = `the server can neither MOVE nor UID EXPUNGE: use --${option} keyword:NAME`;
        throw new SourceError('folder', what, false);
      }
      if (placement.kind === 'folder') await this.#makeFolder(placement.name);
    }
  }

  async #makeFolder(name: string): Promise<void> {
    const exists = await this.#client.status(name, { messages: true }).catch(() => false);
    if (exists !== false) return;
    try {
      await this.#client.mailboxCreate(name);
    } catch (error) {
      const said = (error as { responseText?: string }).responseText;
      if (said === undefined) throw error;
      throw new SourceError('folder', `the folder ${name} cannot be made (${said})`, false, { cause: error });
    }
  }

  async *items(): AsyncGenerator<SourceItem> {
    const { once, dryRun, signal, onEvent } = this.#options;
    let position = 0;
    while (!isStopped(signal)) {
      this.#mailCame = false;
      const uids = await this.#search(position);
      onEvent?.({ type: 'polled', waiting: uids.length });
      for (const uid of uids) {
        if (isStopped(signal)) return;
        const item = await this.#lease(uid);
        position = Math.max(position, uid);
        if (item === null) continue;
        this.#leased = true;
        yield item;
        this.#leased = false;
      }
      if (once === true) {
        if (uids.length === 0) return;
        continue;
      }
      const polled = await this.#waitForMail();
      // At every poll, not at every arrival, those are tried again that could not be moved.
      if (polled && dryRun !== true) position = 0;
    }
  }

  async #search(after: number): Promise<number[]> {
    const keywords = Object.values(this.#placements)
      .filter((p) => p.kind === 'keyword')
      .map((p) => p.name);
    const query: SearchObject = { uid: `${after + 1}:*`, deleted: false };
    const [first, ...others] = [...new Set(keywords)];
    if (first !== undefined) query.unKeyword = first;
    if (others.length === 1) query.not = { keyword: others[0] };
    if (others.length > 1) query.not = { or: others.map((keyword) => ({ keyword })) };
    const found = await this.#answer(this.#client.search(query, { uid: true }));
    if (!this.#client.usable)
      throw this.error ?? new SourceError('connection', 'the connection was closed', true);
    if (!Array.isArray(found))
      throw new SourceError('connection', 'the server did not answer a search', true);
    // `n:*` means the last message even where its UID is below n (RFC 9051 §9, seq-range).
    return found.filter((uid) => uid > after).sort((a, b) => a - b);
  }

  async #lease(uid: number): Promise<SourceItem | null> {
    const origin = { path: `${this.url}/;UID=${uid}`, index: 0 };
    const fail = (): Promise<void> => this.#settle(uid, this.#placements.failed);
    const tried = this.#attempts.get(origin.path) ?? 0;
    if (tried >= MAX_FETCH_ATTEMPTS) {
      return { origin, error: `the connection broke ${tried} times while this message was fetched`, fail };
    }
    this.#attempts.set(origin.path, tried + 1);
    const maxLength = maxBytesOf(this.#options) + 1;
    let message: FetchMessageObject | false | undefined;
    try {
      message = await this.#answer(
        this.#client.fetchOne(
          String(uid),
          { uid: true, internalDate: true, source: { start: 0, maxLength } },
          { uid: true },
        ),
      );
    } catch (error) {
      const { responseStatus, responseText } = error as { responseStatus?: string; responseText?: string };
      // A server that says NO goes on talking: only this message is the matter.
      if (responseStatus !== 'NO' && responseStatus !== 'BAD') throw error;
      this.#attempts.delete(origin.path);
      return { origin, error: `the server does not give it: ${responseText ?? responseStatus}`, fail };
    }
    this.#attempts.delete(origin.path);
    if (message === undefined) throw new SourceError('connection', 'the folder was closed', true);
    if (message === false) return null; // somebody else took it
    if (message.source === undefined) return { origin, error: 'the server gave no content', fail };
    const received = message.internalDate === undefined ? null : new Date(message.internalDate);
    return {
      origin,
      bytes: message.source,
      received: received === null || Number.isNaN(received.getTime()) ? null : received,
      ack: (outcome = 'done') => this.#settle(uid, this.#placements[outcome]),
      fail,
    };
  }

  async #settle(uid: number, placement: Placement): Promise<void> {
    if (this.#options.dryRun === true) return;
    const range = String(uid);
    const done = await this.#answer(this.#place(range, placement)).catch((error: unknown) => {
      throw explainImapError(this.error ?? error, this.#address);
    });
    if (done) return;
    if (!this.#client.usable) throw new SourceError('connection', 'the connection was closed', true);
    const what = placement.kind === 'delete' ? 'be deleted' : `get to ${placement.name}`;
    throw new SourceError('settle', `the server did not let the message ${what}`, true);
  }

  async #place(range: string, placement: Placement): Promise<boolean> {
    const uid = { uid: true } as const;
    switch (placement.kind) {
      case 'folder':
        return Boolean(await this.#client.messageMove(range, placement.name, uid));
      case 'keyword':
        return await this.#client.messageFlagsAdd(range, [placement.name], uid);
      case 'delete':
        return await this.#client.messageDelete(range, uid);
      default:
        throw new BouncekitError('invalid-option', 'a placement is a folder, a keyword or delete');
    }
  }

  /** IDLE (RFC 2177), or NOOPs where the server has none. Returns true when the time for a poll came. */
  async #waitForMail(): Promise<boolean> {
    if (this.#mailCame) return false;
    const { pollMs = DEFAULT_POLL_MS } = this.#options;
    let polled = false;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        polled = true;
        resolve();
      }, pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.error !== undefined || !this.#client.usable) this.#wake();
      // Ends by the next command, or with the connection.
      this.#client.idle().catch((error: unknown) => {
        this.error ??= error;
        this.#wake();
      });
    });
    this.#wake = () => {};
    if (this.error !== undefined) throw this.error;
    return polled;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.signal?.removeEventListener('abort', this.#stop);
    if (this.#client.usable) {
      const enough = new AbortController();
      await Promise.race([this.#client.logout().catch(() => {}), sleep(2_000, enough.signal)]);
      enough.abort();
    }
    this.#client.close();
  }
}
