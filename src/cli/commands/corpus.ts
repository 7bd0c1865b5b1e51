import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { Command } from 'commander';
import {
  addSamples,
  type CheckResult,
  checkCorpus,
  describeDifference,
  redact,
  type SampleCheck,
  type Tally,
  toJUnit,
} from '../../corpus/index.ts';
import { clean, cleanJson, cleanXml } from '../terminal.ts';

const CHECK_HELP = `
A sample is <name>.eml with its golden report <name>.json beside it. A <name>.truth.json holds the part of the report
that is known from elsewhere; it is checked too, and never rewritten.

Examples:
  $ bouncekit corpus check corpus                  what differs, and a summary
  $ bouncekit corpus check corpus --update         write the golden reports anew, and show what changed
  $ bouncekit corpus check corpus --junit > corpus.xml

Exit codes: 0 all as expected, 1 something differs, 2 wrong usage, 3 some sample could not be read.`;

const ADD_HELP = `
A sample is named by its format and by what it says: exim/mailbox-full-5-2-2.eml. A message that says the same as a
sample, with other ids, dates and addresses, is left out.

Examples:
  $ bouncekit corpus add inbox/*.eml --to captures
  $ bouncekit corpus add bounce.eml --to captures --no-redact

Exit codes: 0 fine, 1 a message could not be taken in, 2 wrong usage.`;

const REDACT_HELP = `
Addresses, names, hosts, IP numbers, message ids and the whole text of the returned message are replaced by stand-ins:
the same one for the same original, of the same length where that can be. The result is parsed again; where its report
differs by more than the replaced values, nothing is written.

Examples:
  $ bouncekit corpus redact bounce.eml > redacted.eml
  $ bouncekit corpus redact inbox/*.eml --to redacted

Exit codes: 0 fine, 1 a message could not be redacted, 2 wrong usage, 3 a file could not be read.`;

interface CheckFlags {
  readonly update?: true;
  readonly json?: true;
  readonly junit?: true;
}

export function corpusCommand(): Command {
  const command = new Command('corpus').description('hold the parser to a folder of captured mail');
  command
    .command('check')
    .description('parse every sample and compare the report with its golden report')
    .argument('<folder>', 'samples (.eml) with golden reports (.json) beside them')
    .option('--update', 'write the golden reports anew, and show what changed')
    .option('--json', 'the result as JSON')
    .option('--junit', 'the result as JUnit XML')
    .addHelpText('after', CHECK_HELP)
    .action(async (folder: string, flags: CheckFlags) => {
      const result = await checkCorpus(folder, { update: flags.update ?? false });
      if (flags.json) process.stdout.write(`${cleanJson(result, 2)}\n`);
      else if (flags.junit) process.stdout.write(cleanXml(toJUnit(result)));
      else process.stdout.write(renderCheck(result, Boolean(process.stdout.isTTY)));
      if (result.samples.length === 0) {
        process.stderr.write(`bouncekit: ${clean(folder)}: there is no .eml file in this folder\n`);
      }
      process.exitCode = exitCode(result);
    });
  command
    .command('add')
    .description('take captured mail into a corpus, redacted, with golden reports')
    .argument('<file...>', 'messages')
    .requiredOption('--to <folder>', 'the corpus')
    .option('--no-redact', 'leave addresses, names and texts as they are')
    .addHelpText('after', ADD_HELP)
    .action(async (files: string[], flags: { readonly to: string; readonly redact: boolean }) => {
      const results = await addSamples(files, flags);
      for (const { from, outcome, path, notes } of results) {
        if (outcome === 'refused') process.exitCode = 1;
        if (outcome === 'added') process.stdout.write(`${clean(path ?? '')}\n`);
        else complain(from, outcome === 'duplicate' ? `says the same as ${path}` : outcome);
        for (const note of notes) complain(from, note);
      }
    });
  command
    .command('redact')
    .description('replace what names somebody, and prove that the report stays the same')
    .argument('<file...>', 'messages; one goes to stdout')
    .option('--to <folder>', 'where the redacted messages go, under their own names')
    .addHelpText('after', REDACT_HELP)
    .action(async (files: string[], flags: { readonly to?: string }, self: Command) => {
      if (files.length > 1 && flags.to === undefined) self.error('error: several files need --to <folder>');
      if (flags.to !== undefined) await mkdir(flags.to, { recursive: true });
      for (const file of files) await redactFile(file, flags.to);
    });
  for (const c of command.commands)
    c.exitOverride().showSuggestionAfterError().showHelpAfterError('(--help shows the options)');
  return command;
}

async function redactFile(file: string, folder: string | undefined): Promise<void> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    complain(file, error instanceof Error ? error.message : String(error));
    process.exitCode = 3;
    return;
  }
  const redaction = await redact(bytes);
  if (redaction.differences.length > 0) {
    complain(file, 'not written: the redacted message gives another report');
    for (const difference of redaction.differences) complain(file, describeDifference(difference));
    process.exitCode = 1;
    return;
  }
  for (const note of redaction.review) complain(file, note);
  if (folder === undefined) {
    process.stdout.write(process.stdout.isTTY ? forTerminal(redaction.bytes) : redaction.bytes);
    return;
  }
  try {
    await writeFile(join(folder, basename(file)), redaction.bytes, { flag: 'wx' });
  } catch (error) {
    complain(file, error instanceof Error ? error.message : String(error));
    process.exitCode = 3;
  }
}

/** A message as somebody may look at it; in a pipe it goes on as it is. */
function forTerminal(message: Buffer): string {
  return message.toString().split('\n').map(clean).join('\n');
}

function complain(file: string, text: string): void {
  process.stderr.write(`bouncekit: ${clean(file)}: ${clean(text)}\n`);
}

function exitCode(result: CheckResult): number {
  if (result.samples.length === 0) return 3;
  const failed = (s: SampleCheck): boolean =>
    s.problem?.code === 'missing-golden' || stateOf(s) === 'different';
  if (result.samples.some(failed)) return 1;
  return result.ok ? 0 : 3;
}

/** What differs, sample by sample, then the summary. */
function renderCheck(result: CheckResult, colour: boolean): string {
  const paint = (style: 'red' | 'green' | 'yellow' | 'bold', text: string): string =>
    colour ? styleText(style, text) : text;
  const lines: string[] = [];
  for (const sample of result.samples) {
    const state = stateOf(sample);
    if (state === null) continue;
    lines.push(`${paint(state === 'updated' ? 'yellow' : 'red', state)}  ${clean(sample.path)}`);
    if (sample.problem !== null) lines.push(`    ${clean(sample.problem.detail)}`);
    for (const difference of sample.differences) lines.push(`    ${clean(describeDifference(difference))}`);
  }
  if (lines.length > 0) lines.push('');
  lines.push(renderTallies(result), '');
  const { samples } = result;
  const right = samples.filter((s) => stateOf(s) === null).length;
  lines.push(paint(result.ok ? 'green' : 'red', `${right} of ${samples.length} samples as expected`), '');
  return lines.join('\n');
}

function stateOf(sample: SampleCheck): 'unchecked' | 'updated' | 'different' | null {
  if (sample.problem !== null) return 'unchecked';
  if (sample.updated) return 'updated';
  return sample.differences.length > 0 ? 'different' : null;
}

const COLUMNS = [
  'samples',
  'found',
  'wrong',
  'missing',
  'invented',
] as const satisfies readonly (keyof Tally)[];

function renderTallies(result: CheckResult): string {
  const table = new Table({
    head: ['', ...COLUMNS],
    colAligns: ['left', ...COLUMNS.map(() => 'right' as const)],
    style: { head: [], border: [] },
  });
  const row = (name: string, tally: Tally): void => {
    table.push([clean(name), ...COLUMNS.map((column) => String(tally[column]))]);
  };
  for (const name of Object.keys(result.byFormat).sort())
    row(`format ${name}`, result.byFormat[name] as Tally);
  for (const name of Object.keys(result.byKind).sort()) row(`kind ${name}`, result.byKind[name] as Tally);
  row('all', result.total);
  return table.toString();
}
