import { styleText } from 'node:util';
import Table from 'cli-table3';
import { Command } from 'commander';
import {
  type CheckResult,
  checkCorpus,
  describeDifference,
  type SampleCheck,
  type Tally,
  toJUnit,
} from '../../corpus/index.ts';
import { clean, cleanJson } from '../terminal.ts';

const CHECK_HELP = `
A sample is <name>.eml with its golden report <name>.json beside it. A <name>.truth.json holds the part of the report
that is known from elsewhere; it is checked too, and never rewritten.

Examples:
  $ bouncekit corpus check corpus                  what differs, and a summary
  $ bouncekit corpus check corpus --update         write the golden reports anew, and show what changed
  $ bouncekit corpus check corpus --junit > corpus.xml

Exit codes: 0 all as expected, 1 something differs, 2 wrong usage, 3 some sample could not be read.`;

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
      else if (flags.junit) process.stdout.write(toJUnit(result));
      else process.stdout.write(renderCheck(result, Boolean(process.stdout.isTTY)));
      if (result.samples.length === 0) {
        process.stderr.write(`bouncekit: ${clean(folder)}: there is no .eml file in this folder\n`);
      }
      process.exitCode = exitCode(result);
    });
  return command;
}

function exitCode(result: CheckResult): number {
  if (result.samples.length === 0) return 3;
  const failed = (s: SampleCheck): boolean => s.problem?.code === 'missing-golden' || stateOf(s) === 'different';
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
