import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  classify,
  createParser,
  decide,
  type Evidence,
  type Limits,
  parse,
  type Report,
} from '../../src/index.ts';
import { withDefaults } from '../../src/limits.ts';
import { decodeText } from '../../src/mime/charset.ts';
import { type Message, scanMessage } from '../../src/mime/scan.ts';
import { toLf } from '../../src/mime/lines.ts';
import schema from '../../src/model/report.schema.json' with { type: 'json' };
import { MUTATION_NAMES, mutate, Random, randomTree } from './mutate.ts';

/**
 * Seeded fuzzing: the same seeds in every run, at most a minute of them. FUZZ_SECONDS fuzzes for as long as one
 * likes, FUZZ_SEED says where to start: a failure names its seed, and that seed alone makes the message again.
 */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);
const SEEDS = process.env.FUZZ_SECONDS === undefined ? 15_000 : Number.POSITIVE_INFINITY;
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);
/** One message of this size may not take longer, on any machine. */
const HANG_MS = 5_000;
/** What never comes back cannot be told by the thread that it holds: the watchdog names the seed and ends the run. */
const DEAD_MS = 60_000;

const CORPUS = resolve(import.meta.dirname, '../../corpus');
const samples = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.eml'))
  .sort()
  .map((name) => readFileSync(join(CORPUS, name), 'latin1'))
  .filter((text) => text.length > 0);

const validate = new Ajv({ allErrors: false, allowUnionTypes: true }).compile(schema);

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/**
 * Does the evidence stand in the message where it says: does it start in that line, and go on below? Only its start
 * is compared, since a transcript loses its margins. Rendered HTML has no lines of its own to hold it to.
 */
function stands(evidence: Evidence, message: Message): boolean {
  if (evidence.part === '0') {
    if (evidence.from !== 'header') return message.headers.size > 0 || evidence.text === '';
    const field = message.headers.fields.find((f) => f.line === evidence.line);
    const value = squeeze(field?.value ?? '').toLowerCase();
    return (
      evidence.text === '' ||
      squeeze(`${field?.name}:${value}`).startsWith(squeeze(evidence.text).toLowerCase().slice(0, 60))
    );
  }
  const part = message.leaves.find((leaf) => leaf.path === evidence.part);
  if (part === undefined) return evidence.part.includes('.') || message.root.path === evidence.part; // inside a wrapped report
  if (part.type === 'text/html') return true;
  // A report inside is read from the bytes, whatever bounds a text has.
  const text = part.isMessage ? decodeText(part.bytes, part.param('charset')).text : part.text;
  const lines = text.split('\n').slice(evidence.line - 1, evidence.line + 20);
  // What is cut off a line does not part it from the next.
  const cut = lines.map((line) => line.slice(0, message.limits.lineLength));
  return evidence.text === '' || startsIn(lines, evidence.text) || startsIn(cut, evidence.text);
}

/** Does the text start in the first of the lines, and go on below? A transcript passes lines over that are none of it. */
function startsIn(lines: readonly string[], text: string): boolean {
  const first = squeeze(lines[0] ?? '');
  if (first !== '' && squeeze(text).startsWith(first)) return true;
  const place = squeeze(lines.join('\n')).indexOf(squeeze(text).slice(0, 20));
  return place !== -1 && place <= first.length;
}

/** Values that are copies of what stands in their line. */
const COPIED = ['status', 'replyCode', 'remoteMta', 'finalLogId'] as const;

function checkReport(report: Report, bytes: Buffer, limits: Partial<Limits> = {}): void {
  // With the same bounds: they change what a part is called, and where a text ends, how its bytes are read.
  const message = scanMessage(bytes, withDefaults(limits));
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  if (report.kind !== 'other') expect(report.evidence.kind, `no evidence of ${report.kind}`).toBeDefined();
  const autoReply = report.autoReply?.evidence ?? {};
  for (const found of [report.evidence, autoReply, ...report.recipients.map((r) => r.evidence)]) {
    for (const [name, evidence] of Object.entries(found))
      expect(stands(evidence, message), `${name} ${JSON.stringify(evidence)}`).toBe(true);
  }
  for (const name of REPORT_VALUES)
    if (report[name] !== null)
      expect(report.evidence[name], `no evidence of ${name} ${report[name]}`).toBeDefined();
  for (const r of report.recipients) {
    for (const name of RECIPIENT_VALUES)
      if (r[name] !== null) expect(r.evidence[name], `no evidence of ${name} ${r[name]}`).toBeDefined();
    for (const name of COPIED) {
      const { text = '', inferred } = r.evidence[name] ?? {};
      if (r[name] !== null && !inferred && text.length < 500)
        expect(squeeze(text).toLowerCase(), name).toContain(squeeze(r[name]).toLowerCase());
    }
  }
}

const REPORT_VALUES = [
  'reportingMta',
  'receivedFromMta',
  'dsnGateway',
  'arrivalDate',
  'originalEnvelopeId',
] as const;
const RECIPIENT_VALUES = [
  'recipient',
  'finalRecipient',
  'originalRecipient',
  'action',
  'status',
  'replyCode',
  'diagnosticCode',
  'diagnosticType',
  'remoteMta',
  'command',
  'lastAttemptDate',
  'willRetryUntil',
  'finalLogId',
] as const;

/** Bounds so low that these messages meet them. */
function lowLimits(random: Random): Partial<Limits> {
  const below = (most: number): number => 1 + random.below(most);
  return random.pick<Partial<Limits>>([
    { bytes: below(4_000) },
    { parts: below(3) },
    { depth: below(2) },
    { headerBytes: below(800) },
    { headerLines: below(12) },
    { fieldLength: below(60) },
    { textBytes: below(400) },
    { statusBytes: below(400) },
    { recipients: below(2) },
    { originalHeaders: below(8) },
  ]);
}

/** What a report says, as it is printed, apart from its warnings. */
function told(report: Report): string {
  const { warnings: _, ...rest } = report;
  return JSON.stringify(rest);
}

/** Where a bound takes something away, a warning says so. */
async function checkLimits(report: Report, bytes: Buffer, random: Random): Promise<boolean> {
  const limits = lowLimits(random);
  const partial = await createParser({ limits }).parse(bytes);
  checkReport(partial, bytes, limits);
  const warned = partial.warnings.some(({ code }) => code.startsWith('limit-'));
  if (!warned) expect(told(partial), `cut without a word: ${JSON.stringify(limits)}`).toBe(told(report));
  return warned;
}

/** Ends the run where one seed never ends. */
function watchdog(): { readonly seed: (seed: number) => void; readonly end: () => Promise<number> } {
  const seen = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData: { seen, ms } } = require('node:worker_threads');
    let last = -1;
    setInterval(() => {
      const seed = Atomics.load(seen, 0);
      if (seed === last) {
        require('node:fs').writeSync(2, 'seed ' + seed + ' never ends: FUZZ_SEED=' + seed + ' makes it again\\n');
        process.kill(process.pid, 'SIGKILL');
      }
      last = seed;
    }, ms);`,
    { eval: true, workerData: { seen, ms: DEAD_MS } },
  );
  return { seed: (seed) => Atomics.store(seen, 0, seed), end: () => worker.terminate() };
}

describe('fuzzing', () => {
  it('finds nothing', { timeout: (SECONDS + 60) * 1000 }, async () => {
    expect(samples.length).toBeGreaterThan(40);
    const end = performance.now() + SECONDS * 1000;
    const reached = {
      messages: 0,
      recipients: 0,
      replies: 0,
      originals: 0,
      warnings: new Set<string>(),
      kinds: new Set<string>(),
      formats: new Set<string>(),
      mutations: new Set<string>(),
      reasons: new Set<string>(),
      cut: 0,
    };
    const dog = watchdog();

    for (let seed = FIRST_SEED; performance.now() < end && seed < FIRST_SEED + SEEDS; seed++) {
      dog.seed(seed);
      const random = new Random(seed);
      const { bytes, done } =
        seed % 10 === 0
          ? { bytes: Buffer.from(randomTree(random), 'latin1'), done: ['random tree'] }
          : mutate(random.pick(samples), random, samples);
      const start = performance.now();
      try {
        const report = await parse(bytes);
        expect(performance.now() - start, 'hangs').toBeLessThan(HANG_MS);
        checkReport(report, bytes);
        if (seed % 5 === 0) {
          expect(JSON.stringify(await parse(bytes)), 'same input, same output').toBe(JSON.stringify(report));
          const crlf = Buffer.from(toLf(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
          expect(told(await parse(crlf)), 'LF and CRLF agree').toBe(told(await parse(toLf(bytes))));
        }
        if (seed % 4 === 0 && (await checkLimits(report, bytes, random))) reached.cut++;
        reached.messages++;
        reached.recipients += report.recipients.length;
        reached.replies += report.recipients.filter((r) => r.replyCode !== null).length;
        if (report.original !== null) reached.originals++;
        for (const { code } of report.warnings) reached.warnings.add(code);
        for (const name of done) reached.mutations.add(name);
        for (const { reason } of report.recipients) if (reason !== null) reached.reasons.add(reason);
        reached.kinds.add(report.kind);
        if (report.format !== null) reached.formats.add(report.format);
      } catch (error) {
        throw new Error(`seed ${seed} (${done.join(', ')}): FUZZ_SEED=${seed} makes it again`, {
          cause: error,
        });
      }
    }

    await dog.end();

    // A guard that the deep stages were really reached.
    expect(reached.messages).toBeGreaterThan(500);
    expect(reached.recipients).toBeGreaterThan(reached.messages / 5);
    expect(reached.replies).toBeGreaterThan(reached.messages / 10);
    expect(reached.originals).toBeGreaterThan(reached.messages / 10);
    expect(reached.warnings.size).toBeGreaterThan(12);
    expect(reached.kinds.size).toBeGreaterThan(4);
    expect(reached.formats.size).toBeGreaterThan(15);
    expect(reached.reasons.size).toBeGreaterThan(12);
    expect(reached.cut).toBeGreaterThan(reached.messages / 50);
    expect(reached.mutations.size).toBeGreaterThan(MUTATION_NAMES.length - 2);
  });

  it('random replies are classified and decided without a throw, and the same each time', () => {
    const words = [
      '550',
      '5.1.1',
      '4.7.0',
      'user',
      'unknown',
      'mailbox',
      'full',
      'blocked',
      'spamhaus.org',
      '[TSS04]',
      '- gsmtp',
      '<a@example.com>',
      'said:',
      '->',
      '\n',
      '\u0000',
      'ü',
      '不',
      '((',
      '))',
      '#',
      '-',
    ];
    for (let seed = 0; seed < 3000; seed++) {
      const random = new Random(seed);
      const reply = Array.from({ length: random.below(20) }, () => random.pick(words)).join(
        random.pick([' ', '', '-', '\n']),
      );
      const verdict = classify({ reply });
      expect(classify({ reply })).toEqual(verdict);
      expect(decide(verdict).why).not.toBe('');
    }
  });
});
