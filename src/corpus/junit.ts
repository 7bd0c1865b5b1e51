import type { CheckResult, SampleCheck } from './check.ts';
import type { Difference } from './compare.ts';

/** The result as JUnit XML, which CI systems read: a test suite per format, a test case per sample. */
export function toJUnit(result: CheckResult): string {
  const suites = new Map<string, SampleCheck[]>();
  for (const sample of result.samples) {
    const name = sample.format ?? 'none';
    suites.set(name, [...(suites.get(name) ?? []), sample]);
  }
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="bouncekit corpus">'];
  for (const [name, samples] of suites) {
    const errors = samples.filter((s) => s.problem !== null).length;
    const failures = samples.filter(isFailure).length;
    lines.push(
      `  <testsuite name="${xml(name)}" tests="${samples.length}" failures="${failures}" errors="${errors}">`,
    );
    for (const sample of samples) lines.push(...testCase(name, sample));
    lines.push('  </testsuite>');
  }
  lines.push('</testsuites>', '');
  return lines.join('\n');
}

function isFailure(sample: SampleCheck): boolean {
  return sample.problem === null && !sample.updated && sample.differences.length > 0;
}

function testCase(suite: string, sample: SampleCheck): string[] {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(sample.path)}"`;
  if (sample.problem !== null) {
    return [`${open}>`, `      <error message="${xml(sample.problem.detail)}"/>`, '    </testcase>'];
  }
  if (!isFailure(sample)) return [`${open}/>`];
  const fields = sample.differences.map((d) => d.field).join(', ');
  return [
    `${open}>`,
    `      <failure message="${xml(fields)}">${xml(sample.differences.map(describeDifference).join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

/** One line: `recipients[0].status: wrong, expected "5.1.1", found "5.0.0"`. */
export function describeDifference({ field, change, expected, actual }: Difference): string {
  return `${field}: ${change}, expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`;
}

/** XML 1.0 §2.2 has no place for most control characters, not even as references. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
