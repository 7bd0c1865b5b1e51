/**
 * Finds every literal of a set in one pass over a text (Aho & Corasick 1975, doi:10.1145/360825.360855).
 * The work depends on the text, not on the number of literals. States are rows of typed arrays: a state with
 * many followers has a dense row for ASCII, the others a short list.
 */
export interface Automaton {
  /** Calls `found` for each literal that ends at `end` (exclusive), longest first. */
  scan(
    units: Uint16Array,
    length: number,
    found: (literal: number, start: number, end: number) => void,
  ): void;
}

const DENSE_FROM = 4;
const ASCII = 128;

/** Places in the record of a state. */
const ROW = 0;
const CHILD = 1;
const SIBLING = 2;
const UNIT = 3;
const FAIL = 4;
const ALSO = 5;
const LITERAL = 6;
const DEPTH = 7;
const STRIDE = 8;

/** @param literals distinct and not empty; a literal is known by its place in this list. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  let capacity = 1;
  for (const literal of literals) capacity += literal.length;
  // The followers of a state: its first child, and the next sibling of each child.
  const child = new Int32Array(capacity);
  const sibling = new Int32Array(capacity);
  const unitOf = new Uint16Array(capacity);
  const depth = new Uint16Array(capacity);
  const width = new Uint16Array(capacity);
  const literalAt = new Int32Array(capacity).fill(-1);
  let states = 1;

  // In sorted order a literal shares the states of the one before as far as both are the same, and only as far.
  const order = literals
    .map((_, id) => id)
    .sort((a, b) => ((literals[a] as string) < (literals[b] as string) ? -1 : 1));
  const path: number[] = [0];
  let before = '';
  for (const id of order) {
    const literal = literals[id] as string;
    let at = 0;
    while (at < before.length && before.charCodeAt(at) === literal.charCodeAt(at)) at++;
    let state = path[at] as number;
    for (; at < literal.length; at++) {
      const next = states++;
      unitOf[next] = literal.charCodeAt(at);
      depth[next] = at + 1;
      sibling[next] = child[state] as number;
      child[state] = next;
      width[state] = (width[state] as number) + 1;
      path[at + 1] = next;
      state = next;
    }
    literalAt[state] = id;
    before = literal;
  }

  const dense = new Int32Array(states).fill(-1);
  let rows = 0;
  for (let state = 0; state < states; state++) {
    if (state === 0 || (width[state] as number) >= DENSE_FROM) dense[state] = rows++ * ASCII;
  }
  const table = new Int32Array(rows * ASCII);
  for (let state = 0; state < states; state++) {
    const row = dense[state] as number;
    if (row < 0) continue;
    for (let next = child[state] as number; next !== 0; next = sibling[next] as number) {
      const unit = unitOf[next] as number;
      if (unit < ASCII) table[row + unit] = next;
    }
  }

  const follow = (state: number, unit: number): number => {
    let next = child[state] as number;
    while (next !== 0 && unitOf[next] !== unit) next = sibling[next] as number;
    return next;
  };

  const step = (state: number, unit: number): number => {
    const row = dense[state] as number;
    return row >= 0 && unit < ASCII ? (table[row + unit] as number) : follow(state, unit);
  };

  // Breadth first: where to go on when a literal breaks off, and the next literal that ends at the same place.
  const fail = new Int32Array(states);
  const also = new Int32Array(states);
  const queue = new Int32Array(states);
  let tail = 0;
  for (let next = child[0] as number; next !== 0; next = sibling[next] as number) queue[tail++] = next;
  for (let head = 0; head < tail; head++) {
    const state = queue[head] as number;
    for (let next = child[state] as number; next !== 0; next = sibling[next] as number) {
      const unit = unitOf[next] as number;
      let back = fail[state] as number;
      let target = step(back, unit);
      while (target === 0 && back !== 0) {
        back = fail[back] as number;
        target = step(back, unit);
      }
      fail[next] = target;
      also[next] = (literalAt[target] as number) >= 0 ? target : (also[target] as number);
      queue[tail++] = next;
    }
  }

  // What a step needs of a state lies together, so that it costs one line of the processor's cache.
  const node = new Int32Array(states * STRIDE);
  for (let state = 0; state < states; state++) {
    const at = state * STRIDE;
    node[at + ROW] = dense[state] as number;
    node[at + CHILD] = (child[state] as number) * STRIDE;
    node[at + SIBLING] = (sibling[state] as number) * STRIDE;
    node[at + UNIT] = unitOf[state] as number;
    node[at + FAIL] = (fail[state] as number) * STRIDE;
    node[at + ALSO] = (also[state] as number) * STRIDE;
    node[at + LITERAL] = literalAt[state] as number;
    node[at + DEPTH] = depth[state] as number;
  }
  for (let at = 0; at < table.length; at++) table[at] = (table[at] as number) * STRIDE;

  return {
    scan(units, length, found) {
      let state = 0;
      for (let i = 0; i < length; i++) {
        const unit = units[i] as number;
        let next: number;
        for (;;) {
          const row = node[state + ROW] as number;
          if (row >= 0 && unit < ASCII) next = table[row + unit] as number;
          else {
            next = node[state + CHILD] as number;
            while (next !== 0 && node[next + UNIT] !== unit) next = node[next + SIBLING] as number;
          }
          if (next !== 0 || state === 0) break;
          state = node[state + FAIL] as number;
        }
        state = next;
        if (state === 0) continue;
        let hit = (node[state + LITERAL] as number) >= 0 ? state : (node[state + ALSO] as number);
        while (hit !== 0) {
          found(node[hit + LITERAL] as number, i + 1 - (node[hit + DEPTH] as number), i + 1);
          hit = node[hit + ALSO] as number;
        }
      }
    },
  };
}
