import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { ParsedMail } from 'mailparser';
import { classify, compileRules, RULES, type Rule } from './classify/index.ts';
import { decide, type Policy } from './decide/index.ts';
import type { Format } from './formats/format.ts';
import { FORMATS } from './formats/index.ts';
import { type Limits, withDefaults } from './limits.ts';
import { isParsedMail, messageFromParsedMail } from './mime/parsed-mail.ts';
import { render, unreadableHtml } from './mime/render.ts';
import { type Message, scanMessage } from './mime/scan.ts';
import { BouncekitError } from './model/errors.ts';
import type { Report } from './model/report.ts';
import { readMessage, type Stages } from './pipeline.ts';
import { inOrderOfAsking } from './recognise/recognise.ts';

/** One message: its bytes, its text, a stream of either, or what mailparser made of it. */
export type Input =
  | Buffer
  | Uint8Array
  | string
  | Readable
  | ReadableStream<Uint8Array | string>
  | ParsedMail;

export interface ParserOptions {
  /** Formats of your own. They are asked like the built-in ones, and win where equally sure. */
  readonly formats?: readonly Format[];
  /** Rules of your own. They stand in front of the built-in ones. */
  readonly rules?: readonly Rule[];
  /** What to do about each reason. The default is the `opt-in` preset. */
  readonly policy?: Policy;
  /** Bounds on what one message may cost. */
  readonly limits?: Partial<Limits>;
}

export interface Parser {
  /**
   * Reads one message. Mail content never throws; `warnings` names what was wrong.
   * @throws BouncekitError `invalid-input` where the input is none of the accepted types. Errors of a stream are passed on.
   */
  parse(input: Input): Promise<Report>;
}

/** @throws BouncekitError for an option that cannot work: two formats of one id, a rule that is none, a bad bound. */
export function createParser(options: ParserOptions = {}): Parser {
  const limits = withDefaults(options.limits);
  const formats = [...(options.formats ?? []), ...FORMATS];
  const ids = new Set<string>();
  for (const { id } of formats) {
    if (ids.has(id))
      throw new BouncekitError('duplicate-format', `there are two formats with the id "${id}"`);
    ids.add(id);
  }
  const { policy } = options;
  const rules = options.rules === undefined ? undefined : compileRules([...options.rules, ...RULES]);
  const stages: Stages = {
    formats: inOrderOfAsking(formats),
    classify: (facts) => classify(facts, rules),
    decide: (classification, history) => decide(classification, history, policy),
  };
  return {
    async parse(input) {
      // What is in memory already is read without waiting for anything.
      const message = Buffer.isBuffer(input) ? scanMessage(input, limits) : await readInput(input, limits);
      const html = unreadableHtml(message);
      if (html !== null) await render(html, message);
      return readMessage(message, stages);
    },
  };
}

let builtIn: Parser | undefined;

/** Reads one message with the built-in formats, rules and policy, or with your own. See `Parser.parse`. */
export async function parse(input: Input, options?: ParserOptions): Promise<Report> {
  return (options === undefined ? (builtIn ??= createParser()) : createParser(options)).parse(input);
}

async function readInput(input: Input, limits: Limits): Promise<Message> {
  if (typeof input === 'string') return scanMessage(Buffer.from(input, 'utf8'), limits);
  if (input instanceof Uint8Array) {
    return scanMessage(Buffer.from(input.buffer, input.byteOffset, input.byteLength), limits);
  }
  if (isParsedMail(input)) return messageFromParsedMail(input, limits);
  if (isStream(input)) return scanMessage(await collect(input, limits.bytes), limits);
  throw new BouncekitError(
    'invalid-input',
    'parse() takes a Buffer, a Uint8Array, a string, a Node or web stream, or the ParsedMail of mailparser',
  );
}

function isStream(input: unknown): input is AsyncIterable<Uint8Array | string> {
  return typeof input === 'object' && input !== null && Symbol.asyncIterator in input;
}

/** One byte more than the bound is kept, so that the scanner can tell that there was more. */
async function collect(stream: AsyncIterable<Uint8Array | string>, bound: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    chunks.push(bytes);
    length += bytes.length;
    if (length > bound) break;
  }
  return Buffer.concat(chunks, Math.min(length, bound + 1));
}
