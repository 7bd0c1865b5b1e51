/**
 * Kinds against kinds over every labelled message at hand: `npm run score` prints the table, names each misjudged
 * message, and writes docs/confusion.md. Exit code 1 where a bounce is called another kind, or other mail a bounce.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { KINDS, type Kind, parse } from '../src/index.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CORPUS = join(ROOT, 'corpus');
const SHARED = resolve(ROOT, '../shared/corpora');
const PAGE = join(ROOT, 'docs/confusion.md');

interface Labelled {
  readonly file: string;
  readonly kinds: readonly Kind[];
}

interface ManifestRow {
  readonly file: string;
  readonly kind: Kind;
  readonly kindAlternatives?: readonly Kind[];
  readonly scored?: boolean;
}

/** What the scenario of a capture makes true, or the golden report that a person checked. */
function ownSamples(): Labelled[] {
  return readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .flatMap((name) => {
      const file = join(CORPUS, name);
      const label = ['.truth.json', '.json'].map((end) => file.replace(/\.eml$/, end)).find(existsSync);
      if (label === undefined) return [];
      const { kind } = JSON.parse(readFileSync(label, 'utf8')) as { kind: Kind };
      return [{ file, kinds: [kind] }];
    });
}

function foreignSamples(): Labelled[] {
  const manifest = join(SHARED, 'manifest.jsonl');
  if (!existsSync(manifest)) return [];
  return readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ManifestRow)
    .filter((row) => row.scored !== false)
    .map((row) => ({ file: join(SHARED, row.file), kinds: [row.kind, ...(row.kindAlternatives ?? [])] }));
}

interface Score {
  readonly title: string;
  readonly of: number;
  readonly right: number;
  /** Rows: what it is; columns: what it was called. */
  readonly table: ReadonlyMap<Kind, ReadonlyMap<Kind, number>>;
  readonly misjudged: readonly string[];
  /** Misjudged across the line between bounces and the rest. */
  readonly grave: number;
}

async function score(title: string, folder: string, samples: readonly Labelled[]): Promise<Score> {
  const table = new Map(KINDS.map((kind) => [kind, new Map<Kind, number>()]));
  const misjudged: string[] = [];
  let grave = 0;
  for (const { file, kinds } of samples) {
    const { kind, format } = await parse(readFileSync(file));
    const wanted = kinds[0] as Kind;
    const row = table.get(wanted);
    row?.set(kind, (row.get(kind) ?? 0) + 1);
    if (kinds.includes(kind)) continue;
    misjudged.push(`${relative(folder, file)}: ${kind} (${format ?? 'no format'}), is ${kinds.join(' or ')}`);
    if (kind === 'bounce' || wanted === 'bounce') grave++;
  }
  return { title, of: samples.length, right: samples.length - misjudged.length, table, misjudged, grave };
}

function markdown({ title, of, right, table, misjudged }: Score): string {
  const share = of === 0 ? '' : `: ${right} of ${of} right (${((100 * right) / of).toFixed(2)} %)`;
  const rows = KINDS.map((kind) => {
    const row = table.get(kind);
    return `| **${kind}** | ${KINDS.map((called) => row?.get(called) ?? '').join(' | ')} |`;
  });
  const named =
    misjudged.length === 0
      ? ['No message was misjudged.']
      : ['Misjudged:', '', ...misjudged.map((line) => `- ${line}`)];
  return [
    `## ${title}${share}`,
    '',
    `| is \\ called | ${KINDS.join(' | ')} |`,
    `|---|${KINDS.map(() => '---:').join('|')}|`,
    ...rows,
    '',
    ...named,
  ].join('\n');
}

const scores = [await score('Our own corpus', CORPUS, ownSamples())];
const foreign = foreignSamples();
if (foreign.length > 0) scores.push(await score('Labelled messages of other projects', SHARED, foreign));

const page = `# What is called what

Kinds against kinds: a row is what a message is, a column what bouncekit calls it. Written by \`npm run score\`.

${scores.map(markdown).join('\n\n')}
`;
console.log(page);
if (foreign.length > 0) writeFileSync(PAGE, page);
else console.error('The messages of other projects are not here: docs/confusion.md is left as it is.');
process.exitCode = scores.some(({ grave }) => grave > 0) ? 1 : 0;
