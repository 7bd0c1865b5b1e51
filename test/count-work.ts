/**
 * What `work.test.ts` runs in a process of its own, as `count-work.ts code` or `count-work.ts memory`: reads every
 * sample of corpus/ once, with the report as JSON so that nothing lazy is left out, and prints what that took.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';

const CORPUS = join(import.meta.dirname, '../corpus');
const SRC = `${pathToFileURL(join(import.meta.dirname, '../src')).href}/`;

const messages = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.eml'))
  .sort()
  .map((name) => readFileSync(join(CORPUS, name)));

/** Ready to read all: the tables that are built with the first message are nobody's work. */
async function prepare(): Promise<() => Promise<void>> {
  const { parse } = await import('../src/index.ts');
  await parse(messages[0] as Buffer);
  return async () => {
    for (const message of messages) JSON.stringify(await parse(message));
  };
}

/** Bytes on the heap. The young generation is set so large that nothing is collected meanwhile. */
async function countMemory(): Promise<number> {
  const readAll = await prepare();
  globalThis.gc?.();
  const before = getHeapStatistics().used_heap_size;
  await readAll();
  return getHeapStatistics().used_heap_size - before;
}

/** For each function the characters of its code, each as often as it was run. */
async function countCode(): Promise<Record<string, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  // Before anything is compiled: what is compiled already counts calls and no loops.
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const readAll = await prepare();
  await session.post('Profiler.takePreciseCoverage');
  await readAll();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const code: Record<string, number> = {};
  for (const script of result) {
    if (!script.url.startsWith(SRC)) continue;
    for (const { name, count, length } of ranges(script)) {
      const key = `${script.url.slice(SRC.length)} ${name}`;
      code[key] = (code[key] ?? 0) + count * length;
    }
  }
  return code;
}

interface Range {
  /** Of the function around it that has one. */
  readonly name: string;
  readonly count: number;
  readonly end: number;
  /** Without the ranges inside it. */
  length: number;
}

function ranges({ functions }: Profiler.ScriptCoverage): Range[] {
  const all: Range[] = [];
  const around: Range[] = [];
  const sorted = functions
    .flatMap((f) => f.ranges.map((range) => ({ ...range, name: f.functionName })))
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { name, count, startOffset, endOffset } of sorted) {
    while ((around.at(-1)?.end ?? endOffset) < endOffset) around.pop();
    const outer = around.at(-1);
    const length = endOffset - startOffset;
    if (outer) outer.length -= length;
    const range = { name: name || (outer?.name ?? ''), count, end: endOffset, length };
    all.push(range);
    around.push(range);
  }
  return all;
}

const work = process.argv[2] === 'code' ? await countCode() : await countMemory();
console.log(JSON.stringify({ messages: messages.length, work }));
