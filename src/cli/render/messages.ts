import { parse, type Report } from '../../index.ts';
import type { Origin } from '../../model/report.ts';
import { LAYOUTS, type View } from './layout.ts';

export interface Message {
  readonly origin: Origin;
  readonly bytes: Buffer;
}

export interface Rendered {
  /** The body of the output (layout.ts). */
  readonly text: string;
  /** Messages that could not be read: their place among those given, and why. */
  readonly failures: readonly (readonly [at: number, error: string])[];
}

/** Reads messages and prints their reports into a text. */
export async function renderMessages(messages: readonly Message[], view: View): Promise<Rendered> {
  const reports: Report[] = [];
  const failures: [number, string][] = [];
  for (const [at, { origin, bytes }] of messages.entries()) {
    try {
      reports.push({ source: origin, ...(await parse(bytes)) });
    } catch (error) {
      failures.push([at, error instanceof Error ? error.message : String(error)]);
    }
  }
  return { text: reports.length === 0 ? '' : LAYOUTS[view.format].body(reports, view), failures };
}
