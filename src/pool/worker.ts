import { workerData } from 'node:worker_threads';
import { createParser, type ParserOptions } from '../index.ts';
import { type Packed, unpack } from './batch.ts';

/** A report as JSON, which is cheaper to hand over than the object; or why there is none. */
export type Answer = string | { readonly error: string };

const parser = createParser(workerData as ParserOptions);

export default async function readPacked(packed: Packed): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const message of unpack(packed)) {
    try {
      answers.push(JSON.stringify(await parser.parse(message)));
    } catch (error) {
      answers.push({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  return answers;
}
