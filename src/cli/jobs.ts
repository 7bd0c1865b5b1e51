import { availableParallelism } from 'node:os';
import { pack } from '../pool/batch.ts';
import { defaultJobs, type Outcome, type Task, Threads } from '../pool/threads.ts';
import type { SourceItem, SourceMessage } from '../sources/source.ts';
import type { View } from './render/layout.ts';
import { renderMessages } from './render/messages.ts';
import type { Parcel, RenderedParcel } from './worker.ts';

/** Messages that are read alone before more threads are started: a thread takes about as long to get going. */
export const ALONE = 2_000;

const WORKER = new URL('./cli-worker.js', import.meta.url);

export interface RenderedBatch {
  /** Bodies of the output. */
  readonly texts: readonly (string | Uint8Array)[];
  /** What could not be read. */
  readonly errors: readonly { readonly path: string; readonly error: string }[];
  /** Messages that were read. */
  readonly count: number;
}

/** Reads and renders messages, in this thread or in several others: what comes out is the same. */
export class Jobs {
  /** Batches that it pays to have under way. */
  readonly batches: number;
  readonly #view: View;
  readonly #jobs: number;
  #alone: number;
  #threads: Promise<Threads> | null = null;

  /** Without a number: one thread, and one a core where there is enough to do. */
  constructor(view: View, jobs: number | undefined) {
    this.#view = view;
    this.#jobs = jobs ?? defaultJobs(availableParallelism());
    this.#alone = this.#jobs === 1 ? Number.POSITIVE_INFINITY : jobs === undefined ? ALONE : 0;
    this.batches = this.#jobs === 1 ? 1 : 2 * this.#jobs;
  }

  async render(batch: readonly SourceItem[]): Promise<RenderedBatch> {
    const messages = batch.filter((item): item is SourceMessage => !('error' in item));
    const texts: (string | Uint8Array)[] = [];
    const failed = new Map<SourceItem, string>();
    for (const outcome of await this.#renderMessages(messages)) {
      if ('error' in outcome) failed.set(outcome.items[0], outcome.error.message);
      else {
        texts.push(outcome.answer.text);
        for (const [at, error] of outcome.answer.failures) failed.set(outcome.items[at] as SourceItem, error);
      }
    }
    const errors = batch.flatMap((item) => {
      const error = 'error' in item ? item.error : failed.get(item);
      return error === undefined ? [] : [{ path: item.origin.path, error }];
    });
    return { texts, errors, count: batch.length - errors.length };
  }

  async #renderMessages(
    items: readonly SourceMessage[],
  ): Promise<readonly Outcome<SourceMessage, RenderedParcel>[]> {
    if (this.#alone > 0) {
      this.#alone -= items.length;
      return [{ items, answer: await renderMessages(items, this.#view) }];
    }
    const threads = await (this.#threads ??= Threads.start(WORKER, this.#jobs, this.#view));
    return threads.run(items, parcelOf);
  }

  /** Ends the threads at once. */
  async close(): Promise<void> {
    await (await this.#threads)?.close();
  }
}

function parcelOf(messages: readonly SourceMessage[]): Task<Parcel> {
  const packed = pack(messages.map(({ bytes }) => bytes));
  const origins = messages.map(({ origin }) => origin);
  return { task: { ...packed, origins }, moved: [packed.bytes.buffer] };
}
