import { Command, InvalidArgumentError, Option } from 'commander';
import { inBatches } from '../../pool/batch.ts';
import { inOrder } from '../../pool/in-order.ts';
import { MOST_JOBS } from '../../pool/threads.ts';
import { readFiles } from '../../sources/files.ts';
import { ALONE, Jobs } from '../jobs.ts';
import { Output } from '../output.ts';
import { Progress } from '../progress.ts';
import { LAYOUTS, type OutputFormat, type View } from '../render/layout.ts';
import { clean } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ bouncekit parse bounce.eml                     one message, as a table
  $ bouncekit parse inbox/ > reports.ndjson        a folder, one JSON line a message
  $ bouncekit parse - < bounce.eml                 a message on stdin, or an mbox
  $ bouncekit parse ~/Maildir old.mbox             every message of both
  $ bouncekit parse inbox/ --format csv            one line a failed recipient
  $ bouncekit parse archive.mbox --jobs 4          on four cores; the output is the same
  $ bouncekit parse inbox/ | jq -r '.recipients[] | select(.decision.action == "suppress") | .recipient'

Exit codes: 0 fine, 2 wrong usage, 3 some input could not be read (the rest was still done).`;

export function parseCommand(): Command {
  return new Command('parse')
    .description('read bounce mail: who failed, what the server said, why, what to do')
    .argument('<path...>', 'files, folders, Maildirs, mboxes; - reads a message or an mbox from stdin')
    .addOption(
      new Option('-f, --format <format>', 'output (default: table on a terminal, ndjson in a pipe)').choices(
        Object.keys(LAYOUTS),
      ),
    )
    .addOption(
      new Option(
        '-j, --jobs <n>',
        `threads that read, as --jobs 4 (default: one, and one a core from ${ALONE} messages on)`,
      ).argParser(readJobs),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: { format?: OutputFormat; jobs?: number }) => {
      const view: View = {
        format: options.format ?? (process.stdout.isTTY ? 'table' : 'ndjson'),
        width: process.stdout.columns || 160,
        colour: useColour(),
      };
      process.exitCode = (await run(paths, view, options.jobs)) ? 0 : 3;
    });
}

function readJobs(text: string): number {
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_JOBS}.`);
}

/** Returns false where some input could not be read. */
async function run(paths: readonly string[], view: View, jobCount: number | undefined): Promise<boolean> {
  const progress = new Progress('messages');
  const output = new Output(view);
  const jobs = new Jobs(view, jobCount);
  const items = readFiles(paths, { stdin: process.stdin });
  const batches = inBatches(items, (item) => ('error' in item ? 0 : item.bytes.length));
  let failures = 0;
  try {
    for await (const { texts, errors, count } of inOrder(batches, jobs.batches, (batch) =>
      jobs.render(batch),
    )) {
      for (const text of texts) await output.write(text);
      for (const { path, error } of errors) {
        progress.clear();
        process.stderr.write(`bouncekit: ${clean(path)}: ${clean(error)}\n`);
      }
      failures += errors.length;
      progress.add(count);
    }
    await output.end();
  } finally {
    await jobs.close();
  }
  progress.clear();
  return failures === 0;
}

/** https://no-color.org; FORCE_COLOR as Node itself reads it. */
function useColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' : Boolean(process.stdout.isTTY);
}
