/**
 * bouncekit/corpus: holds a parser to a folder of real bounce mail.
 *
 * ```ts
 * import { checkCorpus } from 'bouncekit/corpus';
 * const { samples } = await checkCorpus('captures');
 * expect(samples.filter((s) => s.problem !== null || s.differences.length > 0)).toEqual([]);
 * ```
 */

export { type Added, type AddOptions, addSamples } from './add.ts';
export { type CheckOptions, type CheckResult, checkCorpus, type SampleCheck, type Tally } from './check.ts';
export type { Difference } from './compare.ts';
export { describeDifference, toJUnit } from './junit.ts';
export { type RedactOptions, type Redaction, redact } from './redact.ts';
