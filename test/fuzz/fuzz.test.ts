import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { classify, decide, type Evidence, parse, type Report } from '../../src/index.ts';
import { scanMessage } from '../../src/mime/scan.ts';
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
function stands(evidence: Evidence, bytes: Buffer): boolean {
  const message = scanMessage(bytes);
  if (evidence.part === '0') return message.headers.size > 0;
  const part = message.leaves.find((leaf) => leaf.path === evidence.part);
  if (part === undefined) return evidence.part.includes('.') || message.root.path === evidence.part; // inside a wrapped report
  if (part.type === 'text/html') return true;
  const lines = part.text.split('\n');
  const first = squeeze(lines[evidence.line - 1] ?? '');
  const place = squeeze(lines.slice(evidence.line - 1, evidence.line + 20).join('\n')).indexOf(
    squeeze(evidence.text).slice(0, 20),
  );
  return evidence.text === '' || (place !== -1 && place <= first.length);
}

function checkReport(report: Report, bytes: Buffer): void {
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  for (const r of report.recipients) {
    for (const [name, evidence] of Object.entries(r.evidence)) {
      expect(stands(evidence, bytes), `${name} ${JSON.stringify(evidence)}`).toBe(true);
    }
    for (const name of [
      'recipient',
      'action',
      'status',
      'replyCode',
      'diagnosticCode',
      'remoteMta',
    ] as const) {
      if (r[name] !== null) expect(r.evidence[name], `no evidence of ${name} ${r[name]}`).toBeDefined();
    }
  }
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
    };

    for (let seed = FIRST_SEED; performance.now() < end && seed < FIRST_SEED + SEEDS; seed++) {
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
          expect((await parse(crlf)).recipients, 'LF and CRLF agree').toEqual(
            (await parse(toLf(bytes))).recipients,
          );
        }
        reached.messages++;
        reached.recipients += report.recipients.length;
        reached.replies += report.recipients.filter((r) => r.replyCode !== null).length;
        if (report.original !== null) reached.originals++;
        for (const { code } of report.warnings) reached.warnings.add(code);
        for (const name of done) reached.mutations.add(name);
        reached.kinds.add(report.kind);
        if (report.format !== null) reached.formats.add(report.format);
      } catch (error) {
        throw new Error(`seed ${seed} (${done.join(', ')}): FUZZ_SEED=${seed} makes it again`, {
          cause: error,
        });
      }
    }

    // A guard that the deep stages were really reached.
    expect(reached.messages).toBeGreaterThan(500);
    expect(reached.recipients).toBeGreaterThan(reached.messages / 5);
    expect(reached.replies).toBeGreaterThan(reached.messages / 10);
    expect(reached.originals).toBeGreaterThan(reached.messages / 10);
    expect(reached.warnings.size).toBeGreaterThan(12);
    expect(reached.kinds.size).toBeGreaterThan(4);
    expect(reached.formats.size).toBeGreaterThan(5);
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
