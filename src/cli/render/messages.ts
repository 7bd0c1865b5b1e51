import { parse } from '../../index.ts';
import type { Origin } from '../../model/report.ts';
import { LAYOUTS, type View } from './layout.ts';

export interface Message {
  readonly origin: Origin;
  readonly bytes: Buffer;
}

export interface Rendered {
  /** Bodies of the layout, as they are printed. */
  readonly text: string;
  /** Messages that could not be read: their place among those given, and why. */
  readonly failures: readonly (readonly [at: number, error: string])[];
}

/** Each report is text before the next message is read: many reports at once would only fill the memory. */
export async function renderMessages(messages: readonly Message[], view: View): Promise<Rendered> {
  const { body, between } = LAYOUTS[view.format];
  const bodies: string[] = [];
  const failures: [number, string][] = [];
  for (const [at, { origin, bytes }] of messages.entries()) {
    try {
      const text = body({ source: origin, ...(await parse(bytes)) }, view);
      if (text !== '') bodies.push(text);
    } catch (error) {
      failures.push([at, error instanceof Error ? error.message : String(error)]);
    }
  }
  return { text: bodies.join(between), failures };
}
