/** When to try again and when to give an address up. All counts are of separate sends, not of attempts inside one. */
export interface Policy {
  readonly id: string;
  readonly description: string;
  /** Attempts after the first, for one message. */
  readonly retries: number;
  /** Hours after the first attempt in which they may lie. */
  readonly windowHours: number;
  /** Seconds before each retry; the last one repeats. */
  readonly backoff: readonly number[];
  /** Failed sends after which an address is given up, the present one included. */
  readonly sends: number;
  /** The same for full mailboxes. */
  readonly fullSends: number;
  /** Seconds before a full mailbox is tried again. */
  readonly fullRetryAfter: number;
  /** Refusals for one and the same sender's fault after which the provider is to be asked. */
  readonly escalateAfter: number;
  /** True: an address that outlived all retries is given up at once. */
  readonly suppressAfterRetries: boolean;
  /** Evidence weaker than this never suppresses at once. 0 to 1. */
  readonly minConfidence: number;
}

const MINUTE = 60;
const HOUR = 3600;

/** Backoff and windows: RFC 5321 §4.5.4.1 advises 30 minutes and 4 to 5 days; the shorter ones are senders' practice. */
export const POLICIES = [
  {
    id: 'opt-in',
    description: 'Subscribers who asked for the mail: five retries, three sends.',
    retries: 5,
    windowHours: 72,
    backoff: [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR],
    sends: 3,
    fullSends: 3,
    fullRetryAfter: 24 * HOUR,
    escalateAfter: 5,
    suppressAfterRetries: false,
    minConfidence: 0.5,
  },
  {
    id: 'cold',
    description: 'First contact: three retries in 72 hours, then the address is given up.',
    retries: 3,
    windowHours: 72,
    backoff: [30 * MINUTE, 4 * HOUR, 24 * HOUR],
    sends: 1,
    fullSends: 1,
    fullRetryAfter: 24 * HOUR,
    escalateAfter: 3,
    suppressAfterRetries: true,
    minConfidence: 0.3,
  },
  {
    id: 'transactional',
    description: 'Mail that the recipient waits for: retries as long as RFC 5321 advises, five sends.',
    retries: 20,
    windowHours: 120,
    backoff: [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR],
    sends: 5,
    fullSends: 5,
    fullRetryAfter: 4 * HOUR,
    escalateAfter: 5,
    suppressAfterRetries: false,
    minConfidence: 0.5,
  },
  {
    id: 'quota-once',
    description: 'As opt-in, but a full mailbox gets one retry after 24 hours and is then given up.',
    retries: 5,
    windowHours: 72,
    backoff: [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR],
    sends: 3,
    fullSends: 2,
    fullRetryAfter: 24 * HOUR,
    escalateAfter: 5,
    suppressAfterRetries: false,
    minConfidence: 0.5,
  },
] as const satisfies readonly Policy[];

export type PolicyId = (typeof POLICIES)[number]['id'];

export const DEFAULT_POLICY: Policy = POLICIES[0];
