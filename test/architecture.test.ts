import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What each stage may import besides itself. Everything left of `index` has no I/O, no clock, no randomness. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  limits: ['model'],
  mime: ['model', 'limits'],
  extract: ['model', 'limits', 'mime'],
  formats: ['model', 'limits', 'mime', 'extract'],
  recognise: ['model', 'limits', 'mime', 'extract', 'formats'],
  classify: ['model'],
  decide: ['model'],
  pipeline: ['model', 'limits', 'mime', 'extract', 'formats', 'recognise', 'classify', 'decide'],
  parser: ['model', 'limits', 'mime', 'extract', 'formats', 'recognise', 'classify', 'decide', 'pipeline'],
  index: [
    'model',
    'limits',
    'mime',
    'extract',
    'formats',
    'recognise',
    'classify',
    'decide',
    'pipeline',
    'parser',
  ],
};

/** The stages in front of `index` stay pure: these packages and nothing else. */
const PURE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  mime: ['node:buffer', 'node:util', 'mailparser', 'libmime', 'iconv-lite'],
  pipeline: ['node:crypto'], // a hash of text: no I/O
  parser: ['node:stream', 'node:stream/web', 'mailparser'], // types only
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
  });
}

function stageOf(path: string): string {
  return (relative(SRC, path).split('/')[0] as string).replace(/\.ts$/, '');
}

function importsOf(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  const found = source.matchAll(/^(?:import|export)\b[^;'"]*?from '([^']+)'|\bimport\('([^']+)'\)/gm);
  return [...found].map((match) => (match[1] ?? match[2]) as string);
}

const files = filesBelow(SRC).filter((path) => stageOf(path) in MAY_IMPORT);

describe('the direction of imports', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(new Set(files.map(stageOf))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it.each(files.map((path) => [relative(SRC, path), path] as const))('%s', (_, path) => {
    const stage = stageOf(path);
    for (const target of importsOf(path)) {
      if (target.startsWith('.')) {
        const other = stageOf(resolve(dirname(path), target));
        if (other !== stage) expect(MAY_IMPORT[stage], `${stage} imports ${other}`).toContain(other);
      } else {
        expect(PURE_PACKAGES[stage] ?? [], `${stage} imports ${target}`).toContain(target);
      }
    }
  });

  it.each(files.map((path) => [relative(SRC, path), path] as const))(
    '%s has no clock and no randomness',
    (_, path) => {
      const source = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
      expect(source).not.toMatch(
        /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.|\bfetch\s*\(|\bprocess\.|\bsetTimeout\b/,
      );
    },
  );
});

describe('the command line and the sources', () => {
  const outer = filesBelow(SRC).filter((path) =>
    ['cli', 'sources', 'corpus', 'watch', 'pool'].includes(stageOf(path)),
  );

  it('use the public API, the model, and nothing behind it', () => {
    expect(outer.length).toBeGreaterThan(3);
    for (const path of outer) {
      for (const target of importsOf(path).filter((t) => t.startsWith('.'))) {
        const stage = stageOf(resolve(dirname(path), target));
        // Redaction takes a message apart and puts it together again, and leaves the names of blocklists in.
        const more = stageOf(path) === 'corpus' ? ['mime', 'classify'] : [];
        expect(
          [...more, 'index', 'model', 'limits', 'corpus', 'sources', 'pool', 'watch', 'cli'],
          `${relative(SRC, path)} imports ${target}`,
        ).toContain(stage);
      }
    }
  });
});
