import { Command, Option } from 'commander';
import { parse, type Report } from '../../index.ts';
import { readFiles } from '../../sources/files.ts';
import { Progress } from '../progress.ts';
import { csvHeader, csvLines } from '../render/csv.ts';
import { toSisimai } from '../render/sisimai.ts';
import { renderTable } from '../render/table.ts';
import { clean, cleanJson } from '../terminal.ts';

const FORMATS = ['table', 'ndjson', 'json', 'csv', 'sisimai'] as const;
type OutputFormat = (typeof FORMATS)[number];

const EXAMPLES = `
Examples:
  $ bouncekit parse bounce.eml                     one message, as a table
  $ bouncekit parse inbox/ > reports.ndjson        a folder, one JSON line a message
  $ bouncekit parse - < bounce.eml                 a message on stdin, or an mbox
  $ bouncekit parse ~/Maildir old.mbox             every message of both
  $ bouncekit parse inbox/ --format csv            one line a failed recipient
  $ bouncekit parse inbox/ | jq -r '.recipients[] | select(.decision.action == "suppress") | .recipient'

Exit codes: 0 fine, 2 wrong usage, 3 some input could not be read (the rest was still done).`;

export function parseCommand(): Command {
  return new Command('parse')
    .description('read bounce mail: who failed, what the server said, why, what to do')
    .argument('<path...>', 'files, folders, Maildirs, mboxes; - reads a message or an mbox from stdin')
    .addOption(
      new Option('-f, --format <format>', 'output (default: table on a terminal, ndjson in a pipe)').choices(
        FORMATS,
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: { format?: OutputFormat }) => {
      const format = options.format ?? (process.stdout.isTTY ? 'table' : 'ndjson');
      process.exitCode = (await run(paths, format)) ? 0 : 3;
    });
}

/** Returns false where some input could not be read. */
async function run(paths: readonly string[], format: OutputFormat): Promise<boolean> {
  const progress = new Progress('messages');
  const writer = WRITERS[format]();
  let failures = 0;
  for await (const item of readFiles(paths, { stdin: process.stdin })) {
    if ('error' in item) {
      failures++;
      progress.clear();
      process.stderr.write(`bouncekit: ${clean(item.origin.path)}: ${clean(item.error)}\n`);
      continue;
    }
    const report = await parse(item.bytes);
    await writer.write({ source: item.origin, ...report });
    progress.step();
  }
  await writer.end();
  progress.clear();
  return failures === 0;
}

interface Writer {
  write(report: Report): Promise<void>;
  end(): Promise<void>;
}

/** Waits where the reader of a pipe is slower than we are, so that memory stays flat. */
async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Rows that share column widths; more would keep reports in memory. */
const TABLE_CHUNK = 200;

function jsonArray(view: (report: Report) => readonly unknown[], indent?: number): Writer {
  let first = true;
  return {
    write: async (report) => {
      for (const item of view(report)) {
        await print(`${first ? '[' : ','}\n${cleanJson(item, indent)}`);
        first = false;
      }
    },
    end: () => print(first ? '[]\n' : '\n]\n'),
  };
}

const WRITERS: Readonly<Record<OutputFormat, () => Writer>> = {
  ndjson: () => ({
    write: (report) => print(`${cleanJson(report)}\n`),
    end: async () => {},
  }),
  json: () => jsonArray((report) => [report], 2),
  // One array over all messages, one object a recipient, as `sisimai` itself prints it.
  sisimai: () => jsonArray(toSisimai),
  csv: () => {
    let first = true;
    const header = (): string => {
      const text = first ? `${csvHeader()}\r\n` : '';
      first = false;
      return text;
    };
    return {
      write: (report) =>
        print(
          `${header()}${csvLines(report)
            .map((line) => `${line}\r\n`)
            .join('')}`,
        ),
      end: () => print(header()),
    };
  },
  table: () => {
    let rows: Report[] = [];
    const flush = async (): Promise<void> => {
      const width = process.stdout.columns || 160;
      if (rows.length > 0) await print(`${renderTable(rows, width, useColour())}\n`);
      rows = [];
    };
    return {
      write: async (report) => {
        rows.push(report);
        if (rows.length >= TABLE_CHUNK) await flush();
      },
      end: flush,
    };
  },
};

/** https://no-color.org; FORCE_COLOR as Node itself reads it. */
function useColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' : Boolean(process.stdout.isTTY);
}
