const FIRST_AFTER_MS = 500;
const EVERY_MS = 100;

/** A counter on stderr for long work. Silent where stderr is no terminal. */
export class Progress {
  readonly #unit: string;
  readonly #started = Date.now();
  #count = 0;
  #shown = 0;

  constructor(unit: string) {
    this.#unit = unit;
  }

  add(count: number): void {
    this.#count += count;
    if (!process.stderr.isTTY) return;
    const now = Date.now();
    if (now - this.#started < FIRST_AFTER_MS || now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    const rate = Math.round((this.#count * 1000) / (now - this.#started));
    process.stderr.write(`\r${this.#count} ${this.#unit}, ${rate}/s\u001b[K`);
  }

  /** Takes the counter off the line, for an error line or at the end. */
  clear(): void {
    if (this.#shown === 0) return;
    process.stderr.write('\r\u001b[K');
    this.#shown = 0;
  }
}
