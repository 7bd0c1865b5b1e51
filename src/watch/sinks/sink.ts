import type { Report } from '../../model/report.ts';

/** One report on its way out. */
export interface Delivery {
  readonly report: Report;
  /** The report as one line of JSON. */
  readonly json: string;
  /** Stays the same when the same report is handed over again. */
  readonly key: string;
}

/** Takes reports. `deliver` resolves when the report is safe on the other side. */
export interface Sink {
  /** For the log: where the reports go, without secrets. */
  readonly name: string;
  /** @throws SinkError */
  deliver(delivery: Delivery): Promise<void>;
  /** The last line that the sink holds, where it can tell: a crash may have come before the journal knew of it. */
  last?(): Promise<string | null>;
  close(): Promise<void>;
}

export class SinkError extends Error {
  /** The sink will never take this report; others may be fine. */
  readonly permanent: boolean;
  /** What the other side asked for. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    options: ErrorOptions & { permanent?: boolean; retryAfterMs?: number | null } = {},
  ) {
    super(message, options);
    this.name = 'SinkError';
    this.permanent = options.permanent ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
