import { statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { type Contender, YARDSTICK } from './contenders.ts';

export interface Installed {
  readonly contender: Contender;
  readonly program: string;
  readonly version: string;
}

/** What a driver prints. */
export interface Measured {
  readonly messages: number;
  /** Of processor time. */
  readonly seconds: number;
  /** Most that the process ever held. */
  readonly rssBytes: number;
  /** Messages of the list on which it threw. */
  readonly failures: number;
  /** Messages of the list that it names a failed recipient for; null where it names none ever. */
  readonly named: number | null;
}

export interface Round {
  readonly startUpMs: number;
  /** Null for the command line, which is only started. */
  readonly measured: Measured | null;
  /** The peak of a run over no message. */
  readonly emptyBytes: number;
}

export interface Result extends Installed {
  readonly rounds: Round[];
  /** Why it is measured no further. */
  broke: string | null;
}

/** The tables, in Markdown. */
export function printResults(results: readonly Result[], files: readonly string[]): void {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const share = bytes / files.length;
  const yardstick = results.find(({ contender }) => contender.name === YARDSTICK);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}; ${whole(files.length)} messages, ${(share / 1000).toFixed(1)} kB each, median of ${results[0]?.rounds.length} rounds`,
  );
  printTable(
    [
      'contender',
      'version',
      'messages/s',
      'MB/s',
      'factor',
      'peak MB',
      'over empty',
      'start-up ms',
      'failures',
    ],
    results.map((result) => {
      const rate = medianOf(result, messagesPerSecond);
      const peak = medianOf(result, ({ measured }) => measured?.rssBytes);
      const over = peak - medianOf(result, ({ emptyBytes }) => emptyBytes);
      return [
        result.contender.name,
        result.version,
        whole(rate),
        decimal((rate * share) / 1e6, 1),
        decimal(yardstick ? rate / medianOf(yardstick, messagesPerSecond) : Number.NaN, 2),
        whole(peak / 1e6),
        whole(over / 1e6),
        whole(medianOf(result, ({ startUpMs }) => startUpMs)),
        whole(medianOf(result, ({ measured }) => measured?.failures)),
      ];
    }),
  );
  printTable(
    ['names a failed recipient', 'in messages', 'share'],
    results
      .map((result) => [result.contender.name, medianOf(result, ({ measured }) => measured?.named)] as const)
      .filter(([, named]) => !Number.isNaN(named))
      .map(([name, named]) => [name, whole(named), `${decimal((100 * named) / files.length, 1)} %`]),
  );
}

function messagesPerSecond({ measured }: Round): number | undefined {
  return measured ? measured.messages / measured.seconds : undefined;
}

/** NaN where no round has the figure. */
function medianOf({ rounds }: Result, figure: (round: Round) => number | null | undefined): number {
  const figures = rounds.flatMap((round) => figure(round) ?? []).sort((a, b) => a - b);
  return figures[figures.length >> 1] ?? Number.NaN;
}

function whole(figure: number): string {
  return Number.isNaN(figure) ? '' : Math.round(figure).toLocaleString('en');
}

function decimal(figure: number, digits: number): string {
  return Number.isNaN(figure) ? '' : figure.toFixed(digits);
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const pad = (cell: string, at: number): string =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  console.log(`\n${lines.map((line) => `| ${line.map(pad).join(' | ')} |`).join('\n')}`);
}
