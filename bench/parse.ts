/**
 * Messages per second of parse(), with evidence, classification and decision, against mailparser's simpleParser with
 * its conversions off, on the same files in the same run. Each contender runs in a process of its own, so that neither
 * pays for the other's garbage; the processes alternate, so that a noisy machine slows both; the median of the rounds
 * counts.
 *
 *   npm run bench                     on corpus/
 *   npm run bench -- FOLDER [ROUNDS]  on other mail
 *   npm run bench -- FOLDER [ROUNDS] --manifest FILE   only messages with a delivery-status part, by a manifest.jsonl
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { simpleParser } from 'mailparser';
import { parse } from '../dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { manifest: { type: 'string' }, contender: { type: 'string' } },
});
const folder = resolve(positionals[0] ?? join(import.meta.dirname, '../corpus'));
const rounds = Number(positionals[1] ?? 5);
/** Long enough for the compiler to settle. */
const WARM_SECONDS = 3;
const MEASURE_SECONDS = 3;

function load(): Buffer[] {
  if (values.manifest !== undefined) {
    const rows = readFileSync(values.manifest, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; deliveryStatus: string | null; scored?: boolean });
    return rows
      .filter((r) => r.deliveryStatus === 'part' && r.scored !== false)
      .map((r) => readFileSync(join(folder, r.file)));
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml') && statSync(join(folder, name)).isFile())
    .map((name) => readFileSync(join(folder, name)));
}

const messages = load();
if (messages.length === 0) throw new Error(`no .eml files in ${folder}`);
const bytes = messages.reduce((sum, m) => sum + m.length, 0);

const CONTENDERS: readonly { name: string; read: (message: Buffer) => Promise<unknown> }[] = [
  { name: 'bouncekit parse', read: (m) => parse(m) },
  {
    name: 'simpleParser, conversions off',
    read: (m) =>
      simpleParser(m, {
        skipHtmlToText: true,
        skipTextToHtml: true,
        skipTextLinks: true,
        skipImageLinks: true,
      }).catch(() => null),
  },
];

/** Passes over all messages until the time is up; messages a second. */
async function rate(read: (message: Buffer) => Promise<unknown>, seconds: number): Promise<number> {
  const start = process.hrtime.bigint();
  let passes = 0;
  let elapsed = 0;
  while (elapsed < seconds) {
    for (const message of messages) await read(message);
    passes++;
    elapsed = Number(process.hrtime.bigint() - start) / 1e9;
  }
  return (passes * messages.length) / elapsed;
}

async function runContender(name: string): Promise<void> {
  const contender = CONTENDERS.find((c) => c.name === name);
  if (contender === undefined) throw new Error(`no contender named ${name}`);
  await rate(contender.read, WARM_SECONDS);
  console.log(await rate(contender.read, MEASURE_SECONDS));
}

function runAll(): void {
  const args = [...process.execArgv, ...process.argv.slice(1)];
  const rates = CONTENDERS.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { name }] of CONTENDERS.entries()) {
      rates[at]?.push(
        Number(execFileSync(process.execPath, [...args, '--contender', name], { encoding: 'utf8' })),
      );
    }
  }
  const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] as number;
  const yardstick = median(rates[1] as number[]);
  console.log(
    `${messages.length} messages, ${(bytes / 1024 / messages.length).toFixed(1)} KB each on average, median of ${rounds} rounds, Node ${process.version}, ${cpus()[0]?.model}`,
  );
  for (const [at, { name }] of CONTENDERS.entries()) {
    const perSecond = median(rates[at] as number[]);
    console.log(
      `${name.padEnd(32)} ${Math.round(perSecond).toString().padStart(8)} messages/s ${((perSecond * bytes) / messages.length / 1e6).toFixed(0).padStart(6)} MB/s   ${(perSecond / yardstick).toFixed(2)} x`,
    );
  }
}

if (values.contender === undefined) runAll();
else await runContender(values.contender);
