import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Evidence, parse, type Report } from '../src/index.ts';
import { FORMATS } from '../src/formats/index.ts';
import { render, unreadableHtml } from '../src/mime/render.ts';
import { scanMessage } from '../src/mime/scan.ts';

const CORPUS = fileURLToPath(new URL('../corpus', import.meta.url));

const samples = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.eml'))
  .sort()
  .map((path) => join(CORPUS, path));

/** `x.eml` → `x.json`. */
const beside = (sample: string, extension: string): string => sample.replace(/\.eml$/, extension);

/** The sample in each form of line end. What a `.raw.eml` is about are its line ends: it stays as it is. */
function copies(sample: string): [string, Buffer][] {
  const bytes = readFileSync(sample);
  if (sample.endsWith('.raw.eml') || bytes.includes('\r')) return [['as it is', bytes]];
  const text = bytes.toString('latin1');
  return [
    ['LF', bytes],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')],
    ['CR', Buffer.from(text.replaceAll('\n', '\r'), 'latin1')],
  ];
}

it('finds the samples', () => {
  expect(samples.length).toBeGreaterThan(140);
});

it('has no format that claims more than it says it can: it would be passed over', () => {
  for (const sample of samples) {
    const message = scanMessage(readFileSync(sample));
    for (const format of FORMATS) {
      const claimed = format.recognise(message)?.confidence ?? 0;
      expect(claimed, `${format.id} on ${relative(CORPUS, sample)}`).toBeLessThanOrEqual(
        format.maxConfidence ?? 1,
      );
    }
  }
});

describe.each(samples.map((sample) => [relative(CORPUS, sample), sample]))('%s', (_, sample) => {
  const golden = beside(sample, '.json');
  const actual = beside(sample, '.actual.json');

  // A capture may have only the truth of its scenario beside it, which `corpus check` reads.
  if (!existsSync(golden) && existsSync(beside(sample, '.truth.json'))) {
    it('is a readable message', async () => {
      const report = await parse(readFileSync(sample));
      expect(report.message.from ?? report.message.subject).not.toBeNull();
    });
    return;
  }

  it('gives its golden report, whatever the line ends', async () => {
    expect(existsSync(golden), `${basename(golden)} is missing in ${dirname(sample)}`).toBe(true);
    const expected: unknown = JSON.parse(readFileSync(golden, 'utf8'));
    for (const [form, bytes] of copies(sample)) {
      const report: unknown = JSON.parse(JSON.stringify(await parse(bytes)));
      try {
        expect(report, form).toEqual(expected);
      } catch (error) {
        writeFileSync(actual, `${JSON.stringify(report, null, 2)}\n`);
        throw error;
      }
    }
    rmSync(actual, { force: true });
  });

  it('has evidence that stands where it says', async () => {
    const bytes = readFileSync(sample);
    const report = await parse(bytes);
    const message = scanMessage(bytes);
    const html = unreadableHtml(message);
    if (html !== null) await render(html, message);
    for (const evidence of allEvidence(report)) {
      const { part, line, text } = evidence;
      const field = message.headers.fields.find((f) => f.line === line);
      const leaf = message.leaves.find(({ path }) => path === part);
      const found =
        part === '0' ? `${field?.name}: ${field?.value}` : unfold(leaf?.rendered ?? leaf?.text ?? '', line);
      expect(squeeze(found).toLowerCase(), JSON.stringify(evidence)).toContain(squeeze(text).toLowerCase());
    }
  });
});

function allEvidence(report: Report): Evidence[] {
  return [report.evidence, ...report.recipients.map((r) => r.evidence)].flatMap((e) => Object.values(e));
}

/** The line and what may continue it. */
function unfold(text: string, line: number): string {
  return text
    .split('\n')
    .slice(line - 1, line + 40)
    .join(' ');
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
