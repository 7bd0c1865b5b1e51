import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/**
 * What parse() does for a message of corpus/, on average, in measures that a busy or slow machine does not change: how
 * much code it runs (a loop counts each time around), and how much memory it takes. `work.json` holds what was
 * reached; `UPDATE=1` writes it anew. Code outside of src/ (the language's own functions, libraries) counts only by the
 * memory that it takes.
 */
const FILE = join(import.meta.dirname, 'work.json');
const UPDATE = process.env.UPDATE === '1';
/** Per cent. New samples and another Node move the figures a little. */
const TOLERATED = 5;
/** Functions with less than this share of the code are not listed. */
const LISTED = 0.001;

interface Work {
  /** Characters of code, each as often as it was run. */
  readonly code: number;
  /** Bytes on the heap. */
  readonly memory: number;
  /** Those of the code that take the most. */
  readonly functions: Readonly<Record<string, number>>;
}

const held = JSON.parse(readFileSync(FILE, 'utf8')) as Work;

/** Without the optimising compiler: what it makes is not counted. With room to collect no garbage meanwhile. */
const FLAGS = ['--no-opt', '--expose-gc', '--min-semi-space-size=1024', '--max-semi-space-size=1024'];

interface Counted<T> {
  readonly messages: number;
  readonly work: T;
}

function count<T>(what: 'code' | 'memory'): Counted<T> {
  const args = [...FLAGS, '--import', 'tsx', join(import.meta.dirname, 'count-work.ts'), what];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Counted<T>;
}

function measure(): Work {
  const { messages, work } = count<Record<string, number>>('code');
  const functions = Object.entries(work).map(([name, code]) => [name, Math.round(code / messages)] as const);
  const code = functions.reduce((sum, [, one]) => sum + one, 0);
  const listed = functions.filter(([, one]) => one > code * LISTED).sort(([a], [b]) => (a < b ? -1 : 1));
  const memory = count<number>('memory');
  return {
    code,
    memory: Math.round(memory.work / memory.messages),
    functions: Object.fromEntries(listed),
  };
}

function grown(functions: Work['functions']): string {
  return Object.entries(functions)
    .map(([name, now]) => ({ name, by: now - (held.functions[name] ?? 0) }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by)
    .slice(0, 10)
    .map(({ name, by }) => `\n  ${name}: ${by} more`)
    .join('');
}

it('does no more work for a message than before', { timeout: 120_000 }, () => {
  const now = measure();
  if (UPDATE) {
    writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
    return;
  }
  for (const what of ['code', 'memory'] as const) {
    const percent = (now[what] / held[what] - 1) * 100;
    const said = `${what} for a message: ${now[what]}, ${percent.toFixed(1)} % against work.json`;
    expect(percent, what === 'code' ? `${said}; what grew most:${grown(now.functions)}` : said).toBeLessThan(
      TOLERATED,
    );
    expect(percent, `${said}; UPDATE=1 keeps what was won`).toBeGreaterThan(-TOLERATED);
  }
});
