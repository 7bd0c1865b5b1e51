import { availableParallelism } from 'node:os';
import { BouncekitError, createParser, type ParserOptions, type Report } from '../index.ts';
import { inBatches, type Packed, pack } from './batch.ts';
import { inOrder } from './in-order.ts';
import { defaultJobs, MOST_JOBS, type Task, Threads } from './threads.ts';
import type { Answer } from './worker.ts';

/** The bytes or the text of a message, alone or in an object of yours. The items of `bouncekit/sources` are such. */
export type ManyInput =
  | Uint8Array
  | string
  | { readonly bytes: Uint8Array | string }
  /** Something that could not be read: it comes out again as an error, in its place. */
  | { readonly error: string };

export interface ParseManyOptions extends Omit<ParserOptions, 'formats'> {
  /** Threads, 1 to 64. The default is one a core, 8 at most. */
  readonly jobs?: number;
  /** Ends the threads; the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One message, as it was put in, with its report or with why there is none. */
export type Parsed<T> =
  | { readonly message: T; readonly report: Report; readonly error: null }
  | { readonly message: T; readonly report: null; readonly error: Error };

const WORKER = new URL('./pool-worker.js', import.meta.url);

/**
 * Reads many messages in several threads, and gives the reports out in the order of the messages.
 *
 * ```ts
 * for await (const { message, report, error } of parseMany(readFiles(['inbox']), { jobs: 4 })) {
 *   if (error) console.error(message.origin.path, error.message);
 *   else await save(report);
 * }
 * ```
 *
 * Messages are taken as the reports are consumed: at most 200 messages a thread (fewer, where they are long: 2 MB and two
 * messages) are read ahead. So a source that offers a message again until it is acknowledged, `readImap` or
 * `readMaildir`, may offer one twice; `parse()` suits those better. A message waits up to 10 ms for others to go with it.
 *
 * What goes wrong with one message is that message's `error`, and the rest goes on: a message of another type
 * (`BouncekitError`, `invalid-input`), one over which a thread ran out of memory (the thread is replaced). Leaving
 * the loop ends the threads.
 * @throws BouncekitError for an option that cannot work, at once: what `createParser` refuses, `formats`, `jobs`. While
 * iterating: what `messages` throws, after the reports of what came before; the reason of the signal.
 */
export function parseMany<T extends ManyInput>(
  messages: Iterable<T> | AsyncIterable<T>,
  options: ParseManyOptions = {},
): AsyncGenerator<Parsed<T>, undefined> {
  if (typeof messages === 'string' || messages instanceof Uint8Array) {
    throw new BouncekitError(
      'invalid-input',
      'parseMany() takes a list or a stream of messages; one message is for parse()',
    );
  }
  const { jobs = defaultJobs(availableParallelism()), signal, ...parser } = options;
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS) {
    throw new BouncekitError(
      'invalid-option',
      `jobs must be a whole number from 1 to ${MOST_JOBS}, not ${String(jobs)}`,
    );
  }
  checkParserOptions(parser);
  return parseInThreads(messages, parser, jobs, signal);
}

function checkParserOptions(options: ParserOptions): void {
  if (options.formats !== undefined) {
    const todo = 'read with createParser({ formats }).parse() in this thread, or leave them out';
    throw new BouncekitError(
      'invalid-option',
      `formats are functions, which no other thread can be given: ${todo}`,
    );
  }
  createParser(options);
  try {
    structuredClone(options);
  } catch (cause) {
    const what = `these options hold something that no other thread can be given: ${(cause as Error).message}`;
    throw new BouncekitError('invalid-option', what, { cause });
  }
}

async function* parseInThreads<T extends ManyInput>(
  messages: Iterable<T> | AsyncIterable<T>,
  options: ParserOptions,
  jobs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Parsed<T>, undefined> {
  signal?.throwIfAborted();
  const threads = await Threads.start(WORKER, jobs, options);
  const batches = inBatches(messages, (message) => {
    const content = contentOf(message);
    return content instanceof Error ? 0 : content.length;
  });
  try {
    for await (const parsed of inOrder(batches, 2 * jobs, (batch) => readBatch(batch, threads), signal)) {
      for (const { message, answer } of parsed) {
        if (answer instanceof Error) yield { message, report: null, error: answer };
        else yield { message, report: JSON.parse(answer) as Report, error: null };
      }
    }
  } finally {
    await threads.close();
  }
}

interface Answered<T> {
  readonly message: T;
  /** The report as JSON: it is taken apart when its turn comes. */
  readonly answer: string | Error;
}

async function readBatch<T>(batch: readonly T[], threads: Threads): Promise<Answered<T>[]> {
  const contents = batch.map(contentOf);
  const readable = contents.filter((content): content is Uint8Array | string => !(content instanceof Error));
  const outcomes = await threads.run<Uint8Array | string, Answer[]>(readable, taskOf);
  const answers = outcomes.flatMap((o): readonly (Answer | Error)[] => ('error' in o ? [o.error] : o.answer));
  let next = 0;
  return batch.map((message, at) => {
    const content = contents[at];
    if (content instanceof Error) return { message, answer: content };
    const answer = answers[next++] as Answer | Error;
    if (typeof answer === 'string' || answer instanceof Error) return { message, answer };
    return { message, answer: new Error(answer.error) };
  });
}

function taskOf(contents: readonly (Uint8Array | string)[]): Task<Packed> {
  const packed = pack(
    contents.map((content) => (typeof content === 'string' ? Buffer.from(content) : content)),
  );
  return { task: packed, moved: [packed.bytes.buffer] };
}

/** What there is to read of a message, or why there is nothing. */
function contentOf(message: unknown): Uint8Array | string | Error {
  if (typeof message === 'string' || message instanceof Uint8Array) return message;
  if (typeof message === 'object' && message !== null) {
    const { bytes, error } = message as { readonly bytes?: unknown; readonly error?: unknown };
    if (typeof bytes === 'string' || bytes instanceof Uint8Array) return bytes;
    if (typeof error === 'string') return new Error(error);
  }
  return new BouncekitError(
    'invalid-input',
    'parseMany() takes messages as a Buffer, a Uint8Array, a string, or an object with one of these as `bytes`',
  );
}
