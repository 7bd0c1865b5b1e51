/** Prints what bouncekit, mailparser and the rivals found on this machine do with the same messages (docs/benchmarks.md). */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { type Contender, CONTENDERS } from './contenders.ts';
import { type Installed, type Measured, printResults, type Result, type Round } from './results.ts';

/** Long enough for the compilers to settle. */
const WARM_SECONDS = 3;
const MEASURE_SECONDS = 3;
/** No answer after this is none. */
const PATIENCE_MS = 300_000;
const ROOT = join(import.meta.dirname, '..');
const DRIVERS = join(ROOT, 'bench/drivers');

function listFiles(folder: string, manifest: string | undefined): string[] {
  const names =
    manifest === undefined
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))
      : withDeliveryStatus(manifest);
  return names.sort().map((name) => join(folder, name));
}

function withDeliveryStatus(manifest: string): string[] {
  return readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; deliveryStatus: string | null; scored?: boolean })
    .filter((row) => row.deliveryStatus === 'part' && row.scored !== false)
    .map((row) => row.file);
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: DRIVERS,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.trim() || `exit code ${status}`);
  return stdout;
}

function findInstalled(contender: Contender): Installed | null {
  for (const program of [contender.program, `/usr/bin/${contender.program}`]) {
    try {
      return { contender, program, version: run(program, contender.version).trim() };
    } catch {
      // The next place, or not installed.
    }
  }
  return null;
}

/** Lists for the drivers. */
interface Lists {
  readonly all: string;
  readonly none: string;
  readonly one: string;
  /** The file in `one`. */
  readonly file: string;
}

function measure({ contender, program }: Installed, lists: Lists): Round {
  const { driver, startUp } = contender;
  const drive = (list: string, warm: number, seconds: number): Measured =>
    JSON.parse(run(program, [...(driver ?? []), list, `${warm}`, `${seconds}`])) as Measured;
  const start = performance.now();
  if (startUp) run(program, [...startUp, lists.file]);
  else drive(lists.one, 0, 0);
  const startUpMs = performance.now() - start;
  if (!driver) return { startUpMs, measured: null, emptyBytes: 0 };
  const { rssBytes } = drive(lists.none, 0, 0);
  return { startUpMs, measured: drive(lists.all, WARM_SECONDS, MEASURE_SECONDS), emptyBytes: rssBytes };
}

/** Everybody in turn, round by round: what else runs on the machine slows all of them. */
function measureAll(installed: readonly Installed[], lists: Lists, rounds: number): Result[] {
  const results: Result[] = installed.map((one) => ({ ...one, rounds: [], broke: null }));
  for (let round = 1; round <= rounds; round++) {
    for (const result of results) {
      if (result.broke !== null) continue;
      process.stderr.write(`round ${round} of ${rounds}: ${result.contender.name}\n`);
      try {
        result.rounds.push(measure(result, lists));
      } catch (error) {
        result.broke = error instanceof Error ? error.message : String(error);
      }
    }
  }
  return results;
}

/** The messages as the drivers take them: a file with one path a line. */
function withLists<T>(files: readonly string[], use: (lists: Lists) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'bouncekit-bench-'));
  const list = (name: string, paths: readonly string[]): string => {
    writeFileSync(join(folder, name), paths.join('\n'));
    return join(folder, name);
  };
  const file = files[files.length >> 1] as string;
  try {
    return use({ all: list('all', files), none: list('none', []), one: list('one', [file]), file });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bench(folder: string, rounds: string, { manifest }: { manifest?: string }, command: Command): void {
  const fail = (message: string): never => command.error(`bench: ${message}`);
  if (!/^[1-9]\d*$/.test(rounds)) fail(`"${rounds}" is no number of rounds`);
  if (!existsSync(join(ROOT, 'dist/cli.js'))) fail('there is no dist/: run "npm run build" first');
  for (const path of [folder, ...(manifest === undefined ? [] : [manifest])])
    if (!existsSync(path)) fail(`there is no ${path}`);
  const files = listFiles(resolve(folder), manifest);
  if (files.length === 0) fail(`there is no .eml file in ${manifest ?? folder}`);

  const found = CONTENDERS.map((contender) => ({ contender, installed: findInstalled(contender) }));
  const installed = found.flatMap((one) => one.installed ?? []);
  const results = withLists(files, (lists) => measureAll(installed, lists, Number(rounds)));
  printResults(results, files);
  const missing = found.filter((one) => one.installed === null).map(({ contender }) => contender.name);
  if (missing.length > 0) console.log(`\nNot installed: ${missing.join('; ')}.`);
  for (const { contender, broke } of results) {
    if (broke === null) continue;
    console.error(`${contender.name} broke off: ${broke}`);
    process.exitCode = 1;
  }
}

new Command('npm run bench --')
  .description(
    'Prints what bouncekit, mailparser and each rival that is installed do with the same messages.',
  )
  .argument('[folder]', 'where the .eml files are', join(ROOT, 'corpus'))
  .argument('[rounds]', 'the median of so many counts', '5')
  .option('--manifest <file>', 'only messages with a delivery-status part, by a manifest.jsonl of the folder')
  .showHelpAfterError('(--help shows the options)')
  .action(bench)
  .parse();
