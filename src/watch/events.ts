import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 32);
}

/**
 * What a report tells, as ids that stay the same however often and wherever it is read: the `eventId` of each
 * recipient; the hash of the message where it has none.
 */
export function eventsOf(report: Report, bytes: Buffer): string[] {
  if (report.recipients.length === 0) return [`message:${sha256(bytes)}`];
  return [...new Set(report.recipients.map((r) => r.eventId))];
}

/** One id for all of them: the `Idempotency-Key` of a report. With one recipient it is the `eventId`. */
export function keyOf(events: readonly string[]): string {
  return events.length === 1 ? (events[0] as string) : sha256(events.join('\n'));
}
