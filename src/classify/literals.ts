/**
 * Finds the literals of a set in one pass over a text. They lie in radix trees (Morrison 1968,
 * doi:10.1145/321479.321481): a step compares a whole run of units, and only where a literal can start is a tree
 * entered at all. The work depends on the text and on the length of the longest literal, not on their number.
 */
export interface Literals {
  /** Calls `found` for each literal, in the order of their starts, the shortest first. */
  scan(
    units: Uint16Array,
    length: number,
    found: (literal: number, start: number, end: number) => void,
  ): void;
}

export interface Literal {
  readonly text: string;
  /** It may start inside a word. */
  readonly inWord: boolean;
}

/** Places in the record of a node. */
const ROW = 0;
const CHILD = 1;
const SIBLING = 2;
/** Where the run of units that leads to the node stands in the pool. */
const RUN = 3;
const LENGTH = 4;
const LITERAL = 5;

/** Nodes with as many followers have a row of them; the others a short list. */
const ROW_FROM = 3;

/** Place of a unit in a row: what words, host names and paths are made of. Others are in the list only. */
const COLUMNS = 39;
const COLUMN = new Uint8Array(128).fill(COLUMNS);
const COLUMN_UNITS = 'abcdefghijklmnopqrstuvwxyz0123456789 ./';
for (let column = 0; column < COLUMNS; column++) COLUMN[COLUMN_UNITS.charCodeAt(column)] = column;

export const isWord = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);

/** @param literals distinct and not empty; a literal is known by its place in this list. */
export function buildLiterals(literals: readonly Literal[]): Literals {
  const builder = new TreeBuilder(literals);
  const atWord = ({ text, inWord }: Literal): boolean => !inWord && isWord(text.charCodeAt(0));
  const anywhere = (literal: Literal): boolean => !atWord(literal);
  const roots = [builder.add(atWord), builder.add(anywhere)] as const;
  return new RadixTrees(builder.finish(), literals.filter(anywhere), ...roots);
}

interface Nodes {
  readonly node: Int32Array;
  readonly rows: Int32Array;
  readonly pool: Uint16Array;
}

class TreeBuilder {
  /** With its place in the list. In sorted order the literals below a node lie side by side. */
  readonly #sorted: readonly (readonly [Literal, number])[];
  readonly #node: number[] = [];
  readonly #rows: number[] = [];
  readonly #pool: number[] = [];

  constructor(literals: readonly Literal[]) {
    const entries = new Map(literals.map((literal, id) => [literal.text, [literal, id] as const]));
    this.#sorted = [...entries.keys()].sort().map((text) => entries.get(text) as [Literal, number]);
  }

  /** Adds the tree of the literals that `belongs` takes, and returns its root. */
  add(belongs: (literal: Literal) => boolean): number {
    const entries = this.#sorted.filter(([literal]) => belongs(literal));
    const texts = entries.map(([{ text }]) => text);
    const ids = entries.map(([, id]) => id);
    return this.#grow(texts, ids, 0, texts.length, 0, 0);
  }

  /** The node of the literals `[from, to)`, which share their first `depth + run` units. */
  #grow(
    texts: readonly string[],
    ids: readonly number[],
    from: number,
    to: number,
    depth: number,
    run: number,
  ): number {
    const at = this.#node.length;
    this.#node.push(-1, 0, 0, this.#pool.length, run, -1);
    const first = texts[from] ?? '';
    for (let unit = depth; unit < depth + run; unit++) this.#pool.push(first.charCodeAt(unit));
    const below = depth + run;
    let next = from;
    if (from < to && first.length === below) {
      this.#node[at + LITERAL] = ids[from] as number;
      next++;
    }
    let followers = 0;
    while (next < to) {
      const text = texts[next] as string;
      const unit = text.charCodeAt(below);
      let end = next + 1;
      while (end < to && (texts[end] as string).charCodeAt(below) === unit) end++;
      // Sorted, so what the first and the last share, all share.
      const last = texts[end - 1] as string;
      let shared = below + 1;
      while (shared < text.length && text.charCodeAt(shared) === last.charCodeAt(shared)) shared++;
      const child = this.#grow(texts, ids, next, end, below, shared - below);
      this.#node[child + SIBLING] = this.#node[at + CHILD] as number;
      this.#node[at + CHILD] = child;
      followers++;
      next = end;
    }
    if (followers >= ROW_FROM) this.#addRow(at);
    return at;
  }

  #addRow(at: number): void {
    const row = this.#rows.length;
    for (let column = 0; column < COLUMNS; column++) this.#rows.push(0);
    for (
      let child = this.#node[at + CHILD] as number;
      child !== 0;
      child = this.#node[child + SIBLING] as number
    ) {
      const column = COLUMN[this.#pool[this.#node[child + RUN] as number] as number] ?? COLUMNS;
      if (column < COLUMNS) this.#rows[row + column] = child;
    }
    this.#node[at + ROW] = row;
  }

  finish(): Nodes {
    return {
      node: Int32Array.from(this.#node),
      rows: Int32Array.from(this.#rows),
      pool: Uint16Array.from(this.#pool),
    };
  }
}

/** Pairs of columns; units that have none share the last. */
const PAIR = COLUMNS + 1;

const columnOf = (unit: number): number => (unit < 128 ? (COLUMN[unit] as number) : COLUMNS);

class RadixTrees implements Literals {
  readonly #node: Int32Array;
  readonly #rows: Int32Array;
  readonly #pool: Uint16Array;
  readonly #atWord: number;
  readonly #anywhere: number;
  /** Pairs of units with which a literal starts that may start anywhere: most places can be passed over. */
  readonly #pairs = new Uint8Array(PAIR * PAIR);

  constructor({ node, rows, pool }: Nodes, literals: readonly Literal[], atWord: number, anywhere: number) {
    this.#node = node;
    this.#rows = rows;
    this.#pool = pool;
    this.#atWord = atWord;
    this.#anywhere = anywhere;
    for (const { text } of literals) {
      const pair = columnOf(text.charCodeAt(0)) * PAIR;
      if (text.length > 1) this.#pairs[pair + columnOf(text.charCodeAt(1))] = 1;
      else this.#pairs.fill(1, pair, pair + PAIR);
    }
  }

  scan(
    units: Uint16Array,
    length: number,
    found: (literal: number, start: number, end: number) => void,
  ): void {
    let inWord = false;
    let column = length === 0 ? 0 : columnOf(units[0] as number);
    for (let at = 0; at < length; at++) {
      const word = isWord(units[at] as number);
      if (word && !inWord) this.#walk(this.#atWord, units, at, length, found);
      const next = at + 1 < length ? columnOf(units[at + 1] as number) : COLUMNS;
      if (this.#pairs[column * PAIR + next] === 1) this.#walk(this.#anywhere, units, at, length, found);
      column = next;
      inWord = word;
    }
  }

  #walk(
    root: number,
    units: Uint16Array,
    start: number,
    length: number,
    found: (literal: number, start: number, end: number) => void,
  ): void {
    const node = this.#node;
    const pool = this.#pool;
    let state = root;
    let at = start;
    while (at < length) {
      state = this.#next(state, units[at] as number);
      if (state === 0) return;
      const run = node[state + RUN] as number;
      const end = at + (node[state + LENGTH] as number);
      if (end > length) return;
      for (let i = at + 1, j = run + 1; i < end; i++, j++) if (units[i] !== pool[j]) return;
      at = end;
      const literal = node[state + LITERAL] as number;
      if (literal >= 0) found(literal, start, at);
    }
  }

  /** The follower of a node whose run starts with `unit`, 0 where there is none. */
  #next(state: number, unit: number): number {
    const node = this.#node;
    const row = node[state + ROW] as number;
    if (row >= 0 && unit < 128) {
      const column = COLUMN[unit] as number;
      if (column < COLUMNS) return this.#rows[row + column] as number;
    }
    let child = node[state + CHILD] as number;
    while (child !== 0 && this.#pool[node[child + RUN] as number] !== unit)
      child = node[child + SIBLING] as number;
    return child;
  }
}
