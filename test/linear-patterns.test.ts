import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * No pattern that touches mail may backtrack. Each literal is taken out of the sources and held to these rules, which
 * leave one way to match a text:
 *
 * - what is repeated starts with characters that nothing repeated at its own end can take;
 * - alternatives that are repeated start with different characters;
 * - a quantifier without bound stands at the end of its pattern, or the pattern is anchored: else every place of a
 *   long text would be a start, and the search quadratic;
 * - and it is run over long texts made of its own characters.
 */
const SRC = resolve(import.meta.dirname, '../src');
const STAGES = [
  'model',
  'mime',
  'extract',
  'formats',
  'recognise',
  'classify',
  'decide',
  'pipeline.ts',
  'parser.ts',
  'sources',
  'corpus',
  'cli',
];
/** A text of this length, and the time that is a hang and no slowness. */
const PUMPED = 8_000;
const HANG_MS = 1_000;

interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

function files(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() || e.name.endsWith('.ts') ? files(join(path, e.name)) : [],
  );
}

function patternsIn(path: string): Pattern[] {
  const found: Pattern[] = [];
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({
        place: `${relative(SRC, path)}:${line}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const patterns = STAGES.flatMap((stage) => files(join(SRC, stage))).flatMap(patternsIn);

const parser = new RegExpParser();

/** Characters that stand for all: ASCII, and one of each script that the patterns speak of. */
const ALPHABET = [
  ...Array.from({ length: 128 }, (_, n) => String.fromCharCode(n)),
  'é',
  'ß',
  'ж',
  '年',
  '한',
  '\u00a0',
  '\u3000',
];

const NOTHING: ReadonlySet<string> = new Set();

function parseTree({ source, flags }: Pattern): AST.Pattern {
  return parser.parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
}

const known = new Map<string, ReadonlySet<string>>();

function matching(raw: string, flags: string): ReadonlySet<string> {
  const key = `${raw}/${flags}`;
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const one = new RegExp(`^(?:${raw})$`, flags.replace(/[gym]/g, ''));
  const set = new Set(ALPHABET.filter((c) => one.test(c)));
  known.set(key, set);
  return set;
}

const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((s) => [...s]));
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((c) => b.has(c));

/** Can the node match the empty text? */
function isEmptiable(node: AST.Node): boolean {
  switch (node.type) {
    case 'Quantifier':
      return node.min === 0 || isEmptiable(node.element);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.some(isEmptiable);
    case 'Alternative':
      return node.elements.every(isEmptiable);
    case 'Assertion':
      return true;
    default:
      return false;
  }
}

/** What the node can take: first, or anywhere. */
function characters(node: AST.Node, flags: string, first: boolean): ReadonlySet<string> {
  switch (node.type) {
    case 'Quantifier':
      return characters(node.element, flags, first);
    case 'Group':
    case 'CapturingGroup':
      return union(node.alternatives.map((a) => characters(a, flags, first)));
    case 'Alternative': {
      const end = first ? node.elements.findIndex((e) => !isEmptiable(e)) : -1;
      return union(
        (end === -1 ? node.elements : node.elements.slice(0, end + 1)).map((e) =>
          characters(e, flags, first),
        ),
      );
    }
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return matching(node.raw, flags);
    default:
      return NOTHING;
  }
}

/** Can what the inner quantifier takes be the last of one round of the outer one? */
function canEnd(inner: AST.Node, outer: AST.Quantifier): boolean {
  for (let node = inner; node !== outer; node = node.parent as AST.Node) {
    const parent = node.parent as AST.Node;
    if (parent.type === 'Assertion') return false; // a look-ahead takes nothing
    if (parent.type !== 'Alternative') continue;
    const at = parent.elements.indexOf(node as AST.Element);
    if (!parent.elements.slice(at + 1).every(isEmptiable)) return false;
  }
  return true;
}

/** Repeated parts that can match one text in two ways. */
function ambiguities(pattern: Pattern): string[] {
  const { flags } = pattern;
  const found: string[] = [];
  const repeated: AST.Quantifier[] = [];
  visitRegExpAST(parseTree(pattern), {
    onQuantifierEnter(node) {
      const outer = repeated.at(-1);
      if (
        outer &&
        node.min !== node.max &&
        canEnd(node, outer) &&
        overlap(characters(outer.element, flags, true), characters(node.element, flags, false))
      ) {
        found.push(`${node.raw} inside ${outer.raw}`);
      }
      if (node.max > 1) repeated.push(node);
    },
    onQuantifierLeave(node) {
      if (repeated.at(-1) === node) repeated.pop();
    },
    onGroupEnter(node) {
      if (node.parent.type === 'Quantifier' && node.parent.max > 1) checkAlternatives(node);
    },
    onCapturingGroupEnter(node) {
      if (node.parent.type === 'Quantifier' && node.parent.max > 1) checkAlternatives(node);
    },
  });
  return found;

  function checkAlternatives(group: AST.Group | AST.CapturingGroup): void {
    const firsts = group.alternatives.map((a) => characters(a, flags, true));
    firsts.forEach((a, at) => {
      if (firsts.slice(at + 1).some((b) => overlap(a, b))) found.push(`alternatives of ${group.raw}`);
    });
  }
}

/** Quantifiers without bound that something has to follow, in a pattern that can start anywhere. */
function openQuantifiers({ source, flags }: Pattern): string[] {
  if (/^(?:\^|\(\?:\^)/.test(source) && !flags.includes('m')) return [];
  const found: string[] = [];
  const isLast = (node: AST.Node): boolean => {
    const parent = node.parent;
    if (!parent || parent.type === 'Pattern') return true;
    if (parent.type === 'Alternative') return parent.elements.at(-1) === node && isLast(parent);
    if (parent.type === 'Assertion') return true; // a look-ahead moves nothing
    return isLast(parent);
  };
  visitRegExpAST(parseTree({ place: '', source, flags }), {
    onQuantifierEnter(node) {
      if (node.max === Number.POSITIVE_INFINITY && !isLast(node)) found.push(node.raw);
    },
  });
  return found;
}

/** Long texts out of the pattern's own characters, alone and in pairs. */
function* pumped({ source }: Pattern): Generator<string> {
  const own = source.replace(/\\[dwsSWDbBnrtpPu]|\{[\d,]+\}|[[\]()|^$?*+\\]/g, '');
  const characters = [
    ...new Set([...own.slice(0, 60).split(''), 'a', '0', ' ', '.', '@', '<', '-', '\n']),
  ].slice(0, 24);
  const words = [...new Set(own.split(/[^A-Za-z<>=:]+/).filter((w) => w.length > 1))].slice(0, 3);
  for (const c of characters) {
    yield c.repeat(PUMPED);
    yield `${words[0] ?? ''} ${c.repeat(PUMPED)}!`;
    for (const d of ['a', ' ']) yield `${c}${d}`.repeat(PUMPED / 2);
  }
  for (const w of words) yield `${w} `.repeat(PUMPED / (w.length + 1));
}

describe('patterns', () => {
  it('are found', () => {
    expect(patterns.length).toBeGreaterThan(80);
  });

  it.each(patterns.map((p) => [p.place, p] as const))('%s has one way to match', (_, pattern) => {
    expect(ambiguities(pattern), `/${pattern.source}/${pattern.flags}`).toEqual([]);
    expect(
      openQuantifiers(pattern),
      `/${pattern.source}/${pattern.flags}: no bound, and something follows`,
    ).toEqual([]);
  });

  it('do not hang on long texts made of their own characters', { timeout: 60_000 }, () => {
    // One that the rules above refuse could hang for good.
    for (const pattern of patterns.filter((p) => ambiguities(p).length === 0)) {
      const compiled = new RegExp(pattern.source, pattern.flags.replace('g', ''));
      for (const text of pumped(pattern)) {
        const start = performance.now();
        compiled.exec(text);
        const spent = performance.now() - start;
        expect(
          spent,
          `${pattern.place} /${pattern.source}/ on ${JSON.stringify(text.slice(0, 40))}…`,
        ).toBeLessThan(HANG_MS);
      }
    }
  });

  it('that backtrack would be found', () => {
    for (const source of [
      '(?:a+)+b',
      '^(?:[a-z][a-z0-9-]{0,62}\\.?){1,40}$',
      '(?:a|a)*b',
      '(?:\\w+ ?)+:',
      '(?:x?y?)+z',
    ]) {
      expect(ambiguities({ place: '', source, flags: '' }), source).not.toEqual([]);
    }
    for (const source of ['\\s*$', 'a.*b', '(?:x|\\d+)y']) {
      expect(openQuantifiers({ place: '', source, flags: '' }), source).not.toEqual([]);
    }
  });
});
