import type { Piscina } from 'piscina';

/** Threads that one thread can feed: it reads the messages and writes the output. Each takes some 100 MB. */
const DEFAULT_MOST = 8;
export const MOST_JOBS = 64;

/** One thread a core. */
export function defaultJobs(cores: number): number {
  return Math.min(cores, DEFAULT_MOST);
}

/** What a thread made of items that stand together; or why the one item got no answer. */
export type Outcome<T, R> =
  | { readonly items: readonly T[]; readonly answer: R }
  | { readonly items: readonly [T]; readonly error: Error };

/** What is handed to a thread, and which parts of it are moved and not copied. */
export interface Task<T> {
  readonly task: T;
  readonly moved: readonly ArrayBuffer[];
}

/** Threads of one worker file. Piscina keeps them: it starts, feeds and replaces them. */
export class Threads {
  readonly #pool: Piscina;
  #closed = false;
  /** Threads end as soon as they start: no answer will ever come. */
  #broken: Error | null = null;

  private constructor(pool: Piscina) {
    this.#pool = pool;
    pool.on('error', (error: Error) => {
      this.#broken = error;
      void pool.destroy();
    });
  }

  /** `worker` is a URL of a file; its default export takes the tasks. `data` is cloned for each thread. */
  static async start(worker: URL, jobs: number, data: unknown): Promise<Threads> {
    const { default: Pool } = await import('piscina');
    return new Threads(
      new Pool({
        filename: worker.href,
        minThreads: jobs,
        maxThreads: jobs,
        workerData: data,
        recordTiming: false,
      }),
    );
  }

  /**
   * One answer for all items. Where the thread died over them, each is tried again alone, so that the one that kills
   * takes no other with it.
   * @throws where the threads were closed, or cannot be started.
   */
  async run<T, R>(
    items: readonly T[],
    pack: (items: readonly T[]) => Task<unknown>,
  ): Promise<Outcome<T, R>[]> {
    if (items.length === 0) return [];
    const { task, moved } = pack(items);
    try {
      return [{ items, answer: (await this.#pool.run(task, { transferList: [...moved] })) as R }];
    } catch (cause) {
      if (this.#broken !== null) throw this.#broken;
      if (this.#closed) throw cause;
      const [item, ...others] = items as [T, ...T[]];
      if (others.length > 0) {
        return (await Promise.all(items.map((one) => this.run<T, R>([one], pack)))).flat();
      }
      const why = cause instanceof Error ? cause.message : String(cause);
      return [{ items: [item], error: new Error(`could not be read: ${why}`, { cause }) }];
    }
  }

  /** Ends the threads at once. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool.destroy();
  }
}
