import { readFile } from 'node:fs/promises';
import { type Parser, parse } from '../index.ts';
import { compareReports, type Difference } from './compare.ts';
import { listSamples, plain, readExpected, type Sample, writeGolden } from './sample.ts';

export interface CheckOptions {
  /** A parser with formats, rules or a policy of your own. */
  readonly parser?: Parser;
  /** Writes the golden reports anew, and those that are missing, where they do not contradict a truth. */
  readonly update?: boolean;
}

export interface SampleCheck {
  readonly path: string;
  /** As expected, or, where nothing was, as found. */
  readonly format: string | null;
  readonly kind: string | null;
  readonly differences: readonly Difference[];
  /** Fields whose value was found as expected. */
  readonly found: number;
  /** Why the sample could not be checked, else null. */
  readonly problem: { readonly code: 'missing-golden' | 'unreadable'; readonly detail: string } | null;
  /** The golden report was written. */
  readonly updated: boolean;
}

/** Numbers of samples and of fields. */
export interface Tally {
  samples: number;
  found: number;
  wrong: number;
  missing: number;
  invented: number;
}

export interface CheckResult {
  /** No difference and no problem. With `update`: none but those that the new golden reports settle. */
  readonly ok: boolean;
  readonly samples: readonly SampleCheck[];
  readonly total: Tally;
  readonly byFormat: Readonly<Record<string, Tally>>;
  readonly byKind: Readonly<Record<string, Tally>>;
}

/**
 * Parses every sample below the folder and compares the report with its golden report and its truth.
 * @throws where the folder cannot be read. What is wrong with one sample is its `problem`.
 */
export async function checkCorpus(folder: string, options: CheckOptions = {}): Promise<CheckResult> {
  const samples: SampleCheck[] = [];
  for (const sample of await listSamples(folder)) samples.push(await checkSample(sample, options));
  return summarize(samples);
}

async function checkSample(sample: Sample, { parser, update = false }: CheckOptions): Promise<SampleCheck> {
  const failed = (code: 'missing-golden' | 'unreadable', detail: string): SampleCheck => ({
    path: sample.path,
    format: null,
    kind: null,
    differences: [],
    found: 0,
    problem: { code, detail },
    updated: false,
  });
  try {
    const bytes = await readFile(sample.file);
    const report = await (parser ?? { parse }).parse(bytes);
    const actual = plain(report);
    const golden = await readExpected(sample.golden);
    const truth = await readExpected(sample.truth);
    const exact = golden === null ? null : compareReports(golden, actual, false);
    const partial = truth === null ? null : compareReports(readTruth(truth), actual, true);
    if (exact === null && partial === null && !update) {
      return failed('missing-golden', 'there is no golden report beside it');
    }

    const contradicted = partial !== null && partial.differences.length > 0;
    // A sample with a truth alone has what it is held to.
    const stale = exact === null ? partial === null : exact.differences.length > 0;
    const updated = update && !contradicted && stale;
    if (updated) await writeGolden(sample.golden, report);
    const expected = golden ?? actual;
    return {
      path: sample.path,
      format: text(expected.format),
      kind: text(truth?.kind ?? expected.kind),
      differences: [...(partial?.differences ?? []), ...(exact?.differences ?? [])],
      found: (exact ?? partial)?.found ?? 0,
      problem: null,
      updated,
    };
  } catch (error) {
    return failed('unreadable', error instanceof Error ? error.message : String(error));
  }
}

/** `server` and `scenario` say where a capture comes from. `decision` is the action alone. */
function readTruth({ server: _, scenario: __, ...truth }: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(truth.recipients)) return truth;
  const recipients = (truth.recipients as Record<string, unknown>[]).map((r) =>
    typeof r.decision === 'string' ? { ...r, decision: { action: r.decision } } : r,
  );
  return { ...truth, recipients };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function summarize(samples: readonly SampleCheck[]): CheckResult {
  const total = emptyTally();
  const byFormat: Record<string, Tally> = {};
  const byKind: Record<string, Tally> = {};
  for (const sample of samples) {
    if (sample.problem !== null) continue;
    const format = (byFormat[sample.format ?? 'none'] ??= emptyTally());
    const kind = (byKind[sample.kind ?? 'none'] ??= emptyTally());
    for (const tally of [total, format, kind]) {
      tally.samples++;
      tally.found += sample.found;
      for (const { change } of sample.differences) tally[change]++;
    }
  }
  const ok = samples.every((s) => s.problem === null && (s.updated || s.differences.length === 0));
  return { ok, samples, total, byFormat, byKind };
}

function emptyTally(): Tally {
  return { samples: 0, found: 0, wrong: 0, missing: 0, invented: 0 };
}
