/**
 * Breaks one rule, field name or bound at a time, at random, in a copy of the tree, and shows which test notices.
 *
 *   npx tsx scripts/mutate.ts --count 20 --seed 1 [--list]
 *
 * Fast tests that can see the place run first, then all of them. It ends with 1 where a mutation survived.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { REASONS } from '../src/model/lists.ts';
import { Random } from '../test/fuzz/mutate.ts';

const ROOT = resolve(import.meta.dirname, '..');

const KINDS = ['rule', 'field name', 'bound'] as const;
type Kind = (typeof KINDS)[number];

/** One change to one file. */
interface Mutation {
  readonly kind: Kind;
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly to: string;
  /** What it is, for a person. */
  readonly what: string;
}

/** Where names of fields stand that a reader looks for. */
const FIELD_FOLDERS = ['src/extract', 'src/mime'];
const FIELD_FILES = ['src/formats/rfc3464.ts', 'src/formats/rfc8098.ts', 'src/formats/rfc5965.ts'];
/** Methods that take the name of a field, and tables that hold some. */
const FIELD_CALLS = new Set(['get', 'field', 'text', 'header', 'one', 'all', 'address', 'has', 'param']);
const FIELD_TABLES = /FIELD|LABEL|MARK|HEADER|READER|ONCE|RECIPIENT|NAMES|LISTS|TITLE/;
const FIELD_NAME = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}()-]*(?: [\p{Ll}\p{Lo}\p{N}()-]+)*$/u;

/** Where bounds stand: what may touch mail. */
const BOUND_FOLDERS = [
  'src/mime',
  'src/extract',
  'src/formats',
  'src/classify',
  'src/decide',
  'src/recognise',
];
const BOUND_FILES = ['src/limits.ts', 'src/pipeline.ts', 'src/sources/mbox.ts', 'src/sources/stream.ts'];
/** Numbers with a name that bound nothing: characters, flags, units, places in a record, how a table is laid out. */
const NO_BOUND =
  /^(?:LF|CR|ESC|SPACE|TAB|EQUALS|AT|DOT|HYPHEN|SLASH|GREATER|ASCII|FAILED|DELAYED|FINAL|CONTACT|CAUSE|HINT|ROW|CHILD|SIBLING|UNIT|FAIL|ALSO|LITERAL|DEPTH|STRIDE|APART|IN_PATH|IN_WORD|MINUTE|HOUR|HOUR_MS|UNSPACED|LENGTH|DENSE_FROM)$/;

/** The tests that are likeliest to see a mutation, quick ones first. */
const LIKELY: Readonly<Record<Kind, readonly string[]>> = {
  rule: ['test/classify/replies.test.ts', 'test/classify'],
  'field name': [
    'test/fields.test.ts test/mime test/extract test/parse.test.ts',
    'test/kinds test/formats test/corpus.test.ts',
  ],
  bound: [
    'test/limits.test.ts test/mime test/extract test/parse.test.ts test/classify test/decide test/sources',
    'test/kinds test/formats test/corpus.test.ts test/bounds.test.ts',
  ],
};

const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .sort();

function candidates(kind: Kind): Mutation[] {
  if (kind === 'rule')
    return filesBelow('src/classify/rules').flatMap((file) =>
      eachNode(file, (node, add) => ruleMutations(node, add, file)),
    );
  if (kind === 'field name')
    return [...FIELD_FILES, ...FIELD_FOLDERS.flatMap(filesBelow)].flatMap((file) =>
      eachNode(file, fieldMutations),
    );
  const files = [...BOUND_FILES, ...BOUND_FOLDERS.flatMap(filesBelow)].filter(
    (file) => !file.includes('/rules/'),
  );
  return files.flatMap((file) => eachNode(file, boundMutations));

  function eachNode(file: string, mutate: (node: ts.Node, add: Add) => void): Mutation[] {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: Mutation[] = [];
    const add: Add = (node, to, what) => {
      const start = node.getStart(source);
      let end = node.getEnd();
      // What is taken out of a list takes its comma along.
      if (to === '') end += /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
      const { line } = source.getLineAndCharacterOfPosition(start);
      found.push({ kind, file, line: line + 1, start, end, to, what });
    };
    const visit = (node: ts.Node): void => {
      mutate(node, add);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }
}

type Add = (node: ts.Node, to: string, what: string) => void;

/** A row removed, its reason changed, one of its wordings, exclusions or codes dropped. */
function ruleMutations(node: ts.Node, add: Add, file: string): void {
  if (ts.isVariableDeclaration(node) && !isExported(node) && isList(node.initializer))
    dropEach(node.initializer, add, 'wording');
  if (!ts.isObjectLiteralExpression(node)) return;
  const id = property(node, 'id');
  const reason = property(node, 'reason');
  if (!(id && ts.isStringLiteral(id.initializer) && reason)) return;
  const name = id.initializer.text;
  if (ts.isArrayLiteralExpression(node.parent)) add(node, '', `${name}: row removed`);
  if (ts.isStringLiteral(reason.initializer)) {
    const at = REASONS.indexOf(reason.initializer.text as (typeof REASONS)[number]);
    const other = REASONS[
      (at + 1 + ((file.length + node.pos) % (REASONS.length - 1))) % REASONS.length
    ] as string;
    add(reason.initializer, `'${other}'`, `${name}: reason ${reason.initializer.text} → ${other}`);
  }
  for (const key of ['says', 'unless', 'status', 'reply']) {
    const own = property(node, key);
    if (own === undefined) continue;
    if (isList(own.initializer) && own.initializer.elements.length > 1)
      dropEach(own.initializer, add, `${name}: ${key}`);
    else if (key !== 'says') add(own, '', `${name}: ${key} ${own.initializer.getText()} dropped`);
  }
}

function dropEach(list: ts.ArrayLiteralExpression, add: Add, what: string): void {
  for (const element of list.elements)
    add(element, '', `${what} ${element.getText().replace(/\s+/g, ' ')} dropped`);
}

function isList(node: ts.Node | undefined): node is ts.ArrayLiteralExpression {
  return (
    node !== undefined &&
    ts.isArrayLiteralExpression(node) &&
    node.elements.every((e) => ts.isStringLiteralLike(e) || ts.isArrayLiteralExpression(e))
  );
}

function isExported(node: ts.VariableDeclaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function property(node: ts.ObjectLiteralExpression, name: string): ts.PropertyAssignment | undefined {
  return node.properties.find(
    (p): p is ts.PropertyAssignment => ts.isPropertyAssignment(p) && p.name.getText() === name,
  );
}

/** A name that is looked for, misspelt. */
function fieldMutations(node: ts.Node, add: Add): void {
  if (!ts.isStringLiteral(node) || !FIELD_NAME.test(node.text)) return;
  if (isFieldArgument(node) || isFieldComparison(node) || isInFieldTable(node))
    add(node, `'${node.text}-zz'`, `${node.text} → ${node.text}-zz`);
}

function isFieldArgument(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  const { expression } = parent;
  return FIELD_CALLS.has(
    ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText(),
  );
}

function isFieldComparison(node: ts.StringLiteral): boolean {
  return ts.isBinaryExpression(node.parent) && /(?:^|\.)name$/.test(node.parent.left.getText());
}

function isInFieldTable(node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    if (ts.isFunctionLike(at)) return false;
    if (ts.isVariableDeclaration(at))
      return /^[A-Z_]+$/.test(at.name.getText()) && FIELD_TABLES.test(at.name.getText());
  }
  return false;
}

/** A bound doubled or halved. */
function boundMutations(node: ts.Node, add: Add): void {
  const isLimit =
    ts.isPropertyAssignment(node) &&
    ts.isObjectLiteralExpression(node.parent) &&
    enclosing(node)?.name.getText() === 'DEFAULT_LIMITS';
  const isNamed =
    ts.isVariableDeclaration(node) &&
    /^[A-Z][A-Z0-9_]+$/.test(node.name.getText()) &&
    !NO_BOUND.test(node.name.getText()) &&
    ts.isSourceFile(node.parent.parent.parent);
  if (!(isLimit || isNamed) || node.initializer === undefined || !isNumber(node.initializer)) return;
  const was = node.initializer.getText();
  for (const to of [`2 * (${was})`, `Math.floor((${was}) / 2)`])
    add(node.initializer, to, `${node.name.getText()}: ${was} → ${to}`);
}

function enclosing(node: ts.Node): ts.VariableDeclaration | undefined {
  for (let at = node; at !== undefined; at = at.parent) if (ts.isVariableDeclaration(at)) return at;
  return undefined;
}

function isNumber(node: ts.Node): boolean {
  if (ts.isNumericLiteral(node)) return node.text !== '1' && node.text !== '0';
  return ts.isBinaryExpression(node) && isNumber(node.left) && isNumber(node.right);
}

/** A copy of the tree to break, with what it has installed. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'bouncekit-mutate-'));
  const left = new Set(['node_modules', '.git', 'coverage']);
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !left.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The first test that fails, null where none does. */
function firstFailure(copy: string, tests: readonly string[]): string | null {
  const output = join(copy, 'results.json');
  rmSync(output, { force: true });
  const there = tests.filter((path) => existsSync(join(copy, path)));
  const args = ['vitest', 'run', '--bail', '1', '--reporter=json', `--outputFile=${output}`, ...there];
  const { status } = spawnSync('npx', args, { cwd: copy, stdio: 'ignore', env: { ...process.env, CI: '1' } });
  if (status === 0) return null;
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Results;
  for (const { name, message, assertionResults } of testResults) {
    const failed = assertionResults.find((result) => result.status === 'failed');
    if (failed !== undefined) return `${relative(copy, name)}: ${failed.fullName}`;
    if (message !== '') return `${relative(copy, name)}: ${message.split('\n')[0]}`;
  }
  return 'the run itself failed';
}

function killer(copy: string, { kind }: Mutation): string | null {
  for (const tests of LIKELY[kind]) {
    const failure = firstFailure(copy, tests.split(' '));
    if (failure !== null) return failure;
  }
  // The command line is tested as it is built.
  const built = spawnSync('npx', ['tsup', '--no-dts'], { cwd: copy, stdio: 'ignore' });
  return built.status === 0 ? firstFailure(copy, []) : 'it does not build';
}

function main(): void {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      list: { type: 'boolean' },
    },
  });
  const random = new Random(Number(values.seed));
  const all = new Map(KINDS.map((kind) => [kind, candidates(kind)]));
  for (const [kind, list] of all) console.log(`${list.length} mutations of a ${kind}`);
  const chosen = Array.from({ length: Number(values.count) }, () =>
    random.pick(all.get(random.pick(KINDS)) ?? []),
  );
  if (values.list) {
    for (const m of chosen) console.log(`${m.file}:${m.line}  ${m.what}`);
    return;
  }
  const copy = copyTree();
  try {
    // What fails by itself would kill everything.
    const broken = firstFailure(copy, []);
    if (broken !== null) throw new Error(`a test fails without any mutation: ${broken}`);
    let survivors = 0;
    for (const [at, mutation] of chosen.entries()) {
      const { file, line, start, end, to, what } = mutation;
      const path = join(copy, file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.slice(0, start) + to + text.slice(end));
      const by = killer(copy, mutation);
      writeFileSync(path, text);
      if (by === null) survivors++;
      console.log(
        `${String(at + 1).padStart(2)}  ${file}:${line}  ${what}\n      ${by === null ? 'SURVIVED' : `killed by ${by}`}`,
      );
    }
    console.log(`${chosen.length - survivors} of ${chosen.length} killed (seed ${values.seed})`);
    if (survivors > 0) process.exitCode = 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (basename(process.argv[1] ?? '') === basename(import.meta.filename)) main();
