/**
 * Messages per second of parse(), with evidence, classification and decision, against mailparser's simpleParser with
 * its conversions off, on the same files in the same run. Rounds alternate, so that a noisy machine slows both;
 * the median of the rounds counts.
 *
 *   npm run bench                     on corpus/
 *   npm run bench -- FOLDER [ROUNDS]  on other mail
 *   npm run bench -- FOLDER [ROUNDS] --manifest FILE   only messages with a delivery-status part, by a manifest.jsonl
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { simpleParser } from 'mailparser';
import { parse } from '../dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { manifest: { type: 'string' } },
});
const folder = resolve(positionals[0] ?? join(import.meta.dirname, '../corpus'));
const rounds = Number(positionals[1] ?? 9);

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

async function seconds(read: (message: Buffer) => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  for (const message of messages) await read(message);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const times = CONTENDERS.map(() => [] as number[]);
for (let warm = 0; warm < 3; warm++) for (const { read } of CONTENDERS) await seconds(read);
for (let round = 0; round < rounds; round++) {
  for (const [at, { read }] of CONTENDERS.entries()) times[at]?.push(await seconds(read));
}
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] as number;
const rates = times.map((list) => messages.length / median(list));

console.log(
  `${messages.length} messages, ${(bytes / 1024 / messages.length).toFixed(1)} KB each on average, median of ${rounds} rounds, Node ${process.version}, ${cpus()[0]?.model}`,
);
for (const [at, { name }] of CONTENDERS.entries()) {
  const rate = rates[at] as number;
  const factor = rate / (rates[1] as number);
  console.log(
    `${name.padEnd(32)} ${Math.round(rate).toString().padStart(8)} messages/s ${((rate * bytes) / messages.length / 1e6).toFixed(0).padStart(6)} MB/s   ${factor.toFixed(2)} x`,
  );
}
