import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { BouncekitError, createParser, DEFAULT_LIMITS } from '../../index.ts';
import { SourceError } from '../../sources/errors.ts';
import { type ImapCredential, readImap } from '../../sources/imap.ts';
import { parseImapUrl } from '../../sources/imap-url.ts';
import { readMaildir } from '../../sources/maildir.ts';
import type { MailboxOptions, Placement, SourceEvent, SourceItem } from '../../sources/source.ts';
import { applyConfig } from '../../watch/config.ts';
import { Health } from '../../watch/health.ts';
import { Journal } from '../../watch/journal.ts';
import { type Log, logToStderr } from '../../watch/log.ts';
import { Metrics } from '../../watch/metrics.ts';
import { readSecret } from '../../watch/secret.ts';
import { portOf, serveMetrics } from '../../watch/server.ts';
import { commandSink } from '../../watch/sinks/command.ts';
import { fileSink, stdoutSink } from '../../watch/sinks/ndjson.ts';
import { type Sink, SinkError } from '../../watch/sinks/sink.ts';
import { webhookSink } from '../../watch/sinks/webhook.ts';
import { watch } from '../../watch/watch.ts';

const USAGE = 2;
const UNREADABLE = 3;

const HELP = `
Where a message goes when it was handled (--done, --unknown, --failed):
  FOLDER          into this folder, which is made where it is missing
  keyword:NAME    it stays and gets this IMAP keyword
  delete          it is deleted (--done only)
IMAP default: keywords $BouncekitDone, $BouncekitUnknown, $BouncekitFailed. Maildir default: from new to cur.

The IMAP password is read from --password-file, --password-command or BOUNCEKIT_IMAP_PASSWORD, an OAuth 2.0 access
token from --token-file, --token-command or BOUNCEKIT_IMAP_TOKEN; at every connection, so that tokens can change.

Examples:
  $ bouncekit watch --imap imaps://bounces%40example.com@mail.example.com/INBOX --dry-run --once
  $ bouncekit watch --imap imaps://bounces@mail.example.com --done Done --unknown Look --failed Failed \\
      --password-file /run/secrets/imap --output /var/lib/bouncekit/reports.ndjson
  $ bouncekit watch --maildir ~/Maildir --webhook https://app.example.com/bounces --metrics 9464
  $ bouncekit watch --config /etc/bouncekit.toml

Exit codes: 0 fine, 2 something must be set right first, 3 something could not be handled.`;

interface Options {
  readonly imap?: string;
  readonly maildir?: string;
  readonly config?: string;
  readonly once?: true;
  readonly dryRun?: true;
  readonly passwordFile?: string;
  readonly passwordCommand?: string;
  readonly tokenFile?: string;
  readonly tokenCommand?: string;
  readonly tls: boolean;
  readonly done?: Placement;
  readonly unknown?: Placement;
  readonly failed?: Placement;
  readonly output?: string;
  readonly rotateBytes: number;
  readonly webhook?: string;
  readonly webhookSecretFile?: string;
  readonly exec?: string;
  readonly journal?: string;
  readonly poll: number;
  readonly maxBytes: number;
  readonly metrics?: number;
}

export function watchCommand(): Command {
  return new Command('watch')
    .description('watch a bounce mailbox: read each message once, hand the report on, put the message away')
    .option('--imap <url>', 'IMAP folder: imaps://user@host[:port]/FOLDER')
    .option('--maildir <dir>', 'Maildir')
    .option('--config <file>', 'TOML file with these options, by their names')
    .option('--once', 'end when nothing is left')
    .option('--dry-run', 'change nothing: print the reports and leave the mailbox alone')
    .option('--password-file <file>', 'file that holds the IMAP password')
    .option('--password-command <command>', 'command that prints the IMAP password')
    .option('--token-file <file>', 'file that holds an OAuth 2.0 access token')
    .option('--token-command <command>', 'command that prints an OAuth 2.0 access token')
    .option('--no-tls', 'speak imap:// without STARTTLS')
    .option('--done <place>', 'where handled messages go', readPlacement)
    .option('--unknown <place>', 'where mail goes that is no report', readUndeletable)
    .option('--failed <place>', 'where messages go that cannot be handled', readUndeletable)
    .option('--output <file>', 'append the reports to this file, one JSON line each (default: stdout)')
    .option('--rotate-bytes <n>', 'begin a new output file at this size', readPositive, 100 * 1024 * 1024)
    .option('--webhook <url>', 'post each report; signed with BOUNCEKIT_WEBHOOK_SECRET')
    .option('--webhook-secret-file <file>', 'file that holds the secret instead')
    .option('--exec <command>', 'run this command for each report, which is on its stdin')
    .option('--journal <file>', 'what the sink has already (default: in the state folder)')
    .option('--poll <seconds>', 'look at least this often', readPositive, 60)
    .option('--max-bytes <n>', 'bytes of one message that are fetched', readPositive, DEFAULT_LIMITS.bytes)
    .option('--metrics <port>', 'serve /metrics and /health on 127.0.0.1', readPort)
    .addHelpText('after', HELP)
    .action(async (_, command: Command) => {
      const { config } = command.opts<Options>();
      if (config !== undefined) await applyConfig(command, config);
      process.exitCode = await run(command.opts<Options>(), logToStderr);
    });
}

function readPlacement(text: string): Placement {
  if (text === 'delete') return { kind: 'delete' };
  if (!text.startsWith('keyword:')) return { kind: 'folder', name: text };
  const name = text.slice('keyword:'.length);
  // RFC 9051 §9, flag-keyword: an atom.
  if (!/^[!#$&'+\-./0-9:;<=>?@A-Z[^_`a-z|}~]{1,100}$/.test(name)) {
    throw new InvalidArgumentError('A keyword has letters, digits and a few signs, no spaces.');
  }
  return { kind: 'keyword', name };
}

function readUndeletable(text: string): Placement {
  const placement = readPlacement(text);
  if (placement.kind !== 'delete') return placement;
  throw new InvalidArgumentError('Only what was handled can be deleted.');
}

function readPositive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It is a number above 0.');
  return value;
}

function readPort(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 0 && value <= 65_535)) {
    throw new InvalidArgumentError('It is a port, such as 9464; it is served on 127.0.0.1 only.');
  }
  return value;
}

async function run(options: Options, log: Log): Promise<number> {
  if ((options.imap === undefined) === (options.maildir === undefined)) {
    throw new BouncekitError('invalid-option', 'watch needs --imap URL or --maildir DIR, one of them');
  }
  const pollMs = options.poll * 1000;
  const metrics = new Metrics();
  const health = new Health(metrics, 3 * pollMs + 5 * 60_000);
  const stop = stopOnSignals(log);
  const source = await openSource(options, stop, (event) => report(event, metrics, health, log));
  const sink = options.dryRun ? stdoutSink() : await openSink(options);
  const journal = options.dryRun ? null : await Journal.open(options.journal ?? defaultJournal(options));
  const server = options.metrics === undefined ? null : await serveMetrics(options.metrics, metrics, health);
  if (server !== null) log('info', 'serving', { metrics: `http://127.0.0.1:${portOf(server)}/metrics` });
  try {
    const parser = createParser({ limits: { bytes: Math.floor(options.maxBytes) } });
    const once = options.once === true;
    log('info', 'started', { source: options.imap ?? options.maildir, sink: sink.name });
    const summary = await watch({ source, parser, sink, journal, metrics, health, log, signal: stop, once });
    log('info', 'stopped', { ...summary });
    return once && summary.failures > 0 ? UNREADABLE : 0;
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof SinkError)) throw error;
    log('error', 'gave-up', { error: error.message });
    return error instanceof SourceError && !error.retryable ? USAGE : UNREADABLE;
  } finally {
    await journal?.close();
    await sink.close();
    server?.close();
  }
}

/** The first signal ends the watch after the message in hand, the second at once. */
function stopOnSignals(log: Log): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
      log('info', 'stopping', { signal });
      stop.abort();
    });
  }
  return stop.signal;
}

function report(event: SourceEvent, metrics: Metrics, health: Health, log: Log): void {
  health.heard();
  switch (event.type) {
    case 'connected':
      health.set('source', true);
      log('info', 'connected', { source: event.detail });
      break;
    case 'disconnected':
      health.set('source', false, event.detail);
      metrics.add('failures_total', { stage: 'source' });
      log('warn', 'disconnected', { error: event.detail, retryInMs: event.retryInMs });
      break;
    case 'uidvalidity-changed':
      log('warn', 'uidvalidity-changed', { detail: event.detail });
      break;
    case 'polled':
      metrics.set('waiting_messages', event.waiting);
      metrics.set('last_poll_timestamp_seconds', Date.now() / 1000);
      if (event.waiting > 0) log('info', 'polled', { waiting: event.waiting });
      break;
  }
}

async function openSource(
  options: Options,
  signal: AbortSignal,
  onEvent: (event: SourceEvent) => void,
): Promise<AsyncIterable<SourceItem>> {
  const { done, unknown, failed } = options;
  const mailbox: MailboxOptions = {
    ...(done === undefined ? {} : { done }),
    ...(unknown === undefined ? {} : { unknown }),
    ...(failed === undefined ? {} : { failed }),
    maxBytes: Math.floor(options.maxBytes),
    pollMs: options.poll * 1000,
    once: options.once === true,
    dryRun: options.dryRun === true,
    signal,
    onEvent,
  };
  if (options.maildir !== undefined) return readMaildir({ ...mailbox, path: resolve(options.maildir) });
  const url = options.imap as string;
  parseImapUrl(url);
  const credential = (): Promise<ImapCredential> => readCredential(options);
  await credential();
  return readImap({ ...mailbox, url, credential, tls: options.tls });
}

async function readCredential(options: Options): Promise<ImapCredential> {
  const { passwordFile, passwordCommand, tokenFile, tokenCommand } = options;
  const token = {
    what: 'the access token',
    variable: 'BOUNCEKIT_IMAP_TOKEN',
    file: tokenFile,
    command: tokenCommand,
  };
  const accessToken = await readSecret(token);
  if (accessToken !== null) return { accessToken };
  const password = await readSecret({
    what: 'the IMAP password',
    variable: 'BOUNCEKIT_IMAP_PASSWORD',
    file: passwordFile,
    command: passwordCommand,
  });
  if (password !== null) return { password };
  const places = '--password-file, --password-command or the variable BOUNCEKIT_IMAP_PASSWORD';
  throw new BouncekitError('invalid-option', `there is no IMAP password: give ${places}`);
}

async function openSink(options: Options): Promise<Sink> {
  const { output, webhook, exec } = options;
  if ([output, webhook, exec].filter((o) => o !== undefined).length > 1) {
    throw new BouncekitError('invalid-option', 'reports go to one place: --output, --webhook or --exec');
  }
  if (webhook !== undefined) {
    const secret = await readSecret({
      what: 'the webhook secret',
      variable: 'BOUNCEKIT_WEBHOOK_SECRET',
      file: options.webhookSecretFile,
    });
    return webhookSink(webhook, secret);
  }
  if (exec !== undefined) return commandSink(exec);
  return output === undefined ? stdoutSink() : fileSink(output, options.rotateBytes);
}

/** In the state folder of systemd or of the user, one for each mailbox. */
function defaultJournal(options: Options): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  const folder = STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'bouncekit');
  const mailbox = options.imap ?? resolve(options.maildir as string);
  return join(folder, `${createHash('sha256').update(mailbox).digest('hex').slice(0, 16)}.journal`);
}
