import type { Feedback } from '../model/report.ts';

type Facts = Partial<Omit<Feedback, 'complaint' | 'decision'>>;

/** Types of RFC 5965 §3.1, RFC 6430 and RFC 6591 that say nothing against the address that reported. */
const NO_COMPLAINT = new Set(['auth-failure', 'not-spam', 'virus', 'other']);

/**
 * A whole report out of what a format read. Whoever presses "spam" or "unsubscribe" is taken off the list, as a
 * complaint and not as a bounce: the address works.
 */
export function completeFeedback(facts: Facts): Feedback {
  const type = facts.type ?? null;
  const complaint = type === null || !NO_COMPLAINT.has(type);
  return {
    type,
    complaint,
    decision: complaint
      ? {
          action: 'suppress',
          scope: 'address',
          why: 'The recipient does not want this mail: unsubscribe the address. It counts as a complaint, not as a bounce.',
        }
      : { action: 'none', scope: 'address', why: 'This report is no complaint of the recipient.' },
    userAgent: facts.userAgent ?? null,
    version: facts.version ?? null,
    originalMailFrom: facts.originalMailFrom ?? null,
    originalRcptTo: [...new Set(facts.originalRcptTo)],
    originalEnvelopeId: facts.originalEnvelopeId ?? null,
    arrivalDate: facts.arrivalDate ?? null,
    sourceIp: facts.sourceIp ?? null,
    reportingMta: facts.reportingMta ?? null,
    incidents: facts.incidents ?? null,
    reportedDomain: facts.reportedDomain ?? [],
    reportedUri: facts.reportedUri ?? [],
    authenticationResults: facts.authenticationResults ?? [],
  };
}
