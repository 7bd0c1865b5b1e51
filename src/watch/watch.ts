import { cleanJson } from '../cli/terminal.ts';
import type { Parser, Report } from '../index.ts';
import { explainFileError, SourceError } from '../sources/errors.ts';
import type { Outcome, SourceItem, SourceMessage } from '../sources/source.ts';
import { backoff, isStopped, sleep } from '../sources/wait.ts';
import { eventsOf, keyOf } from './events.ts';
import type { Health } from './health.ts';
import type { Journal } from './journal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Sink, SinkError } from './sinks/sink.ts';

export interface Watch {
  readonly source: AsyncIterable<SourceItem>;
  readonly parser: Parser;
  readonly sink: Sink;
  /** Null with `--dry-run`: nothing is remembered. */
  readonly journal: Journal | null;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** A job that somebody waits for: gives up where a service goes on trying. */
  readonly once: boolean;
}

export interface Summary {
  handled: number;
  duplicates: number;
  /** Messages that were put aside, or that could not be moved. */
  failures: number;
}

/** Attempts at one report with `once`. */
const ONCE_ATTEMPTS = 5;
const MAX_SINK_DELAY_MS = 5 * 60_000;

/**
 * One message at a time: lease, parse, hand to the sink until it acknowledges, remember, move or flag. Only then the
 * next one. A crash at any point leaves the message in the mailbox, or its events in the journal, or both.
 */
export async function watch(w: Watch): Promise<Summary> {
  const summary = { handled: 0, duplicates: 0, failures: 0 };
  await recover(w);
  for await (const item of w.source) {
    w.health.heard();
    const handled = await handle(w, item, summary);
    if (!handled || isStopped(w.signal)) break;
  }
  return summary;
}

/** The sink's last report may be one that the journal does not know of. */
async function recover(w: Watch): Promise<void> {
  const { sink, journal, log } = w;
  const line = (await sink.last?.()) ?? '';
  if (line === '' || journal === null) return;
  let report: Report;
  try {
    report = JSON.parse(line) as Report;
  } catch {
    log('warn', 'not-recovered', { error: `the last line of ${sink.name} is no report` });
    return;
  }
  const message = report.source?.path;
  if (message === undefined || journal.outcomeOf(message) !== undefined) return;
  const events = report.recipients.map((r) => r.eventId);
  await remember(w, { message, events, outcome: outcomeOf(report) });
  log('info', 'recovered', { message });
}

/** Unknown is ordinary mail, and a bounce that names nobody. */
function outcomeOf({ kind, recipients }: Report): Outcome {
  return kind === 'other' || (kind === 'bounce' && recipients.length === 0) ? 'unknown' : 'done';
}

/** False where the watch was stopped before the sink had taken the message. */
async function handle(w: Watch, item: SourceItem, summary: Summary): Promise<boolean> {
  const { journal, metrics, log } = w;
  if ('error' in item) {
    metrics.add('failures_total', { stage: 'read' });
    await putAside(w, item, item.error, summary);
    return true;
  }
  let outcome = journal?.outcomeOf(item.origin.path);
  if (outcome !== undefined) countDuplicate(w, item, summary);
  else {
    let report: Report;
    try {
      report = { source: item.origin, ...(await w.parser.parse(item.bytes)) };
    } catch (error) {
      metrics.add('failures_total', { stage: 'read' });
      await putAside(
        w,
        item,
        `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        summary,
      );
      return true;
    }
    outcome = outcomeOf(report);
    const events = eventsOf(report, item.bytes);
    if (journal?.knows(events)) countDuplicate(w, item, summary);
    else {
      try {
        if (!(await deliver(w, report, keyOf(events)))) return false;
      } catch (error) {
        if (!(error instanceof SinkError && error.permanent)) throw error;
        await putAside(w, item, `${w.sink.name} refused it: ${error.message}`, summary);
        return true;
      }
      count(metrics, report);
    }
    if (journal !== null) await remember(w, { message: item.origin.path, events, outcome });
  }
  const settled = outcome;
  if (!(await settle(w, item, () => item.ack(settled), summary))) return true;
  summary.handled++;
  metrics.set('last_success_timestamp_seconds', Date.now() / 1000);
  if (item.received !== null) metrics.set('lag_seconds', (Date.now() - item.received.getTime()) / 1000);
  log('info', 'handled', { message: item.origin.path, outcome });
  return true;
}

function countDuplicate({ metrics, log }: Watch, item: SourceMessage, summary: Summary): void {
  summary.duplicates++;
  metrics.add('duplicates_total');
  log('info', 'duplicate', { message: item.origin.path });
}

function count(metrics: Metrics, report: Report): void {
  metrics.add('messages_total', { kind: report.kind });
  for (const r of report.recipients) {
    metrics.add('recipients_total', { reason: r.reason ?? 'none', provider: r.provider ?? 'unknown' });
  }
}

/** Until the sink takes it. Returns false where the watch was stopped before that. */
async function deliver(w: Watch, report: Report, key: string): Promise<boolean> {
  const delivery = { report, json: cleanJson(report), key };
  for (let failures = 1; ; failures++) {
    try {
      await w.sink.deliver(delivery);
      w.health.set('sink', true);
      return true;
    } catch (error) {
      if (!(error instanceof SinkError)) throw error;
      w.metrics.add('failures_total', { stage: 'sink' });
      if (error.permanent || (w.once && failures >= ONCE_ATTEMPTS)) throw error;
      w.health.set('sink', false, error.message);
      const retryInMs = error.retryAfterMs ?? backoff(failures, 500, MAX_SINK_DELAY_MS);
      w.log('warn', 'sink-failed', { error: error.message, retryInMs });
      await sleep(retryInMs, w.signal);
      w.health.heard();
      if (isStopped(w.signal)) return false;
    }
  }
}

/**
 * Where the journal cannot be written the message is moved all the same: that is the best protection against handing
 * it over again. What the journal missed is written with the next entry.
 */
async function remember(w: Watch, entry: Parameters<Journal['remember']>[0]): Promise<void> {
  try {
    await w.journal?.remember(entry);
    if (w.health.set('journal', true)) w.log('info', 'journal-works-again');
  } catch (error) {
    w.metrics.add('failures_total', { stage: 'journal' });
    if (!w.health.set('journal', false, explainFileError(error))) return;
    w.log('error', 'journal-failed', {
      error: explainFileError(error),
      todo: 'make room: until then a crash can hand the message over twice',
    });
  }
}

async function putAside(w: Watch, item: SourceItem, error: string, summary: Summary): Promise<void> {
  summary.failures++;
  w.log('error', 'put-aside', { message: item.origin.path, error });
  await settle(w, item, () => item.fail(error), summary);
}

/** A message that cannot be moved is offered again; the journal then knows that the sink has it. */
async function settle(
  w: Watch,
  item: SourceItem,
  move: () => Promise<void>,
  summary: Summary,
): Promise<boolean> {
  try {
    await move();
    return true;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // Where the connection broke, the source offers it again.
    if (error.code !== 'connection') summary.failures++;
    w.metrics.add('failures_total', { stage: 'settle' });
    w.log('warn', 'not-moved', { message: item.origin.path, error: error.message });
    return false;
  }
}
