import { LAYOUTS, type View } from './render/layout.ts';

/** stdout, in the layout of one format. */
export class Output {
  readonly #view: View;
  #started = false;

  constructor(view: View) {
    this.#view = view;
  }

  /** A body of the layout. */
  async write(body: string | Uint8Array): Promise<void> {
    if (body.length === 0) return;
    const layout = LAYOUTS[this.#view.format];
    const before = this.#started ? layout.between : layout.head(this.#view);
    this.#started = true;
    if (before !== '') await print(before);
    await print(body);
  }

  async end(): Promise<void> {
    const layout = LAYOUTS[this.#view.format];
    await print(this.#started ? layout.tail : layout.empty);
  }
}

/** Waits until the reader of a pipe has taken it, so that memory stays flat and a closed pipe is noticed. */
function print(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}
