import type { Classification, Decision } from '../model/classification.ts';
import { BouncekitError } from '../model/errors.ts';
import type { DecisionAction, Reason, Scope } from '../model/lists.ts';
import { causeOf } from './causes.ts';
import { DEFAULT_POLICY, POLICIES, type Policy, type PolicyId } from './policies.ts';

/** An earlier failure of the same address. */
export interface PastFailure {
  /** ISO 8601. */
  readonly at: string;
  readonly reason: Reason;
  /** Id of the send (campaign, newsletter issue, transaction). Without one, each calendar day is a send. */
  readonly send?: string;
}

/** What is known of the address and of this message. All of it may be missing. */
export interface History {
  /** ISO 8601. decide() has no clock: without it no `until` is given. */
  readonly now?: string;
  /** Id of the send that this failure belongs to. */
  readonly send?: string;
  readonly failures?: readonly PastFailure[];
  /** ISO 8601 of the last mail that was accepted; null where there never was one. */
  readonly lastDelivered?: string | null;
  /** Attempts of this message so far, this one included. */
  readonly attempts?: number;
  /** ISO 8601 of the first of them. */
  readonly firstAttempt?: string;
}

const HOUR_MS = 3_600_000;

/** x.7.23 to x.7.40 of a 4yz at Gmail: the same mail is refused for good once enforcement reaches the sender. */
const GMAIL_WARNINGS = /^4\.7\.(?:2[346789]|3[0-2]|40)$/;

const VERBS: Record<DecisionAction, string> = {
  none: 'nothing has to be done',
  retry: 'the same mail may pass later',
  'retry-slower': 'the same mail may pass later and at a lower rate',
  'fix-then-retry': 'the address stays good, and the cause has to be mended before the next try',
  'suppress-after-repeated': 'one such failure is not enough to give the address up',
  suppress: 'no more mail should go to this address',
  'suppress-domain': 'no more mail should go to this domain',
};

/**
 * What to do after a refusal. Pure: the same arguments give the same decision.
 *
 * @throws BouncekitError `invalid-policy` for an unknown policy id, `invalid-input` for a date that is none
 */
export function decide(
  classification: Classification,
  history: History = {},
  policy: Policy | PolicyId = DEFAULT_POLICY,
): Decision {
  const rules = typeof policy === 'string' ? policyOf(policy) : policy;
  const { advice } = classification;
  if (advice === 'none') return answer(classification, 'none', 'message', {});
  if (advice === 'suppress' || advice === 'suppress-domain') return suppressNow(classification, rules);
  if (advice === 'fix-then-retry') return hold(classification, history, rules);
  if (advice === 'suppress-after-repeated' && !mayRetry(classification))
    return count(classification, history, rules);
  return retry(classification, history, rules);
}

function policyOf(id: string): Policy {
  const found = POLICIES.find((policy) => policy.id === id);
  if (found === undefined) throw new BouncekitError('invalid-policy', `There is no policy "${id}".`);
  return found;
}

/** An expired message or a permanent refusal is over; a mere deferral is not. */
function mayRetry({ temporary, reason }: Classification): boolean {
  return temporary && reason !== 'message-expired' && reason !== 'mailbox-not-found';
}

function suppressNow(classification: Classification, rules: Policy): Decision {
  const { advice, confidence, reason } = classification;
  if (confidence < rules.minConfidence && reason !== 'suppressed') {
    return answer(classification, 'suppress-after-repeated', 'address', {
      needs: 'The evidence is weak: a second failure of a separate send confirms it.',
    });
  }
  return answer(classification, advice, advice === 'suppress-domain' ? 'domain' : 'address', {});
}

/** The sender's fault. The address is never suppressed for it, however often it happens. */
function hold(classification: Classification, history: History, rules: Policy): Decision {
  const same = sendsWith(history, (reason) => reason === classification.reason);
  const urgent =
    classification.provider === 'gmail' &&
    classification.temporary &&
    GMAIL_WARNINGS.test(classification.status ?? '');
  const { needs } = causeOf(classification.reason);
  const escalate =
    same >= rules.escalateAfter
      ? ` It happened in ${same} sends: ask the provider, with the raw replies at hand.`
      : '';
  const warning = urgent ? ' This is the warning that comes before the refusal (421 turns into 550).' : '';
  return answer(classification, 'fix-then-retry', classification.scope, {
    needs: `${needs}${warning}${escalate}`,
    ...(urgent ? { urgent: true as const } : {}),
  });
}

/** Repeated failures of separate sends. Only the recipient's own count. */
function count(classification: Classification, history: History, rules: Policy): Decision {
  const full = classification.reason === 'mailbox-full';
  const limit = full ? rules.fullSends : rules.sends;
  const sends = sendsWith(history, (reason) => countsAgainstAddress(reason));
  if (sends >= limit && knowsHistory(history)) {
    return answer(classification, 'suppress', 'address', {
      needs: `Failed in ${sends} separate sends without a success between them; a success would lift this.`,
    });
  }
  const left = Math.max(1, limit - sends);
  const again = full ? { retryAfter: classification.retryAfter ?? rules.fullRetryAfter } : {};
  return answer(classification, 'suppress-after-repeated', 'address', {
    ...again,
    needs: `${causeOf(classification.reason).needs} Failures left before the address is given up: ${left}.`,
  });
}

function retry(classification: Classification, history: History, rules: Policy): Decision {
  const { advice, reason } = classification;
  const attempts = history.attempts ?? 1;
  const first = history.firstAttempt === undefined ? null : time(history.firstAttempt);
  const now = history.now === undefined ? null : time(history.now);
  const start = first ?? (attempts <= 1 ? now : null);
  const end = start === null ? null : start + rules.windowHours * HOUR_MS;
  const over = attempts > rules.retries || (now !== null && end !== null && now >= end);
  const recipients = countsAgainstAddress(reason);
  const limit = reason === 'mailbox-full' ? rules.fullSends : rules.sends;
  if (recipients && knowsHistory(history) && sendsWith(history, countsAgainstAddress) >= limit && limit > 1)
    return count(classification, history, rules);
  if (over) {
    if (recipients && rules.suppressAfterRetries) {
      return answer(classification, 'suppress', 'address', {
        needs: `All ${rules.retries} retries of the policy "${rules.id}" are used up; a success would lift this.`,
      });
    }
    return answer(classification, recipients ? 'suppress-after-repeated' : 'none', classification.scope, {
      needs: recipients
        ? 'The retries of this message are used up; look at the address again at the next send.'
        : 'The retries of this message are used up; the address is not at fault.',
    });
  }
  const step = rules.backoff[Math.min(attempts, rules.backoff.length) - 1] ?? HOUR_MS / 1000;
  const wait =
    classification.retryAfter ??
    (reason === 'mailbox-full'
      ? rules.fullRetryAfter
      : advice === 'retry-slower'
        ? Math.max(step, 1800)
        : step);
  const slower =
    sendsWith(history, (past) => past === reason) >= rules.escalateAfter
      ? ' It recurs: look at the reputation at this provider.'
      : '';
  const unproven =
    history.lastDelivered === null
      ? ' Nothing was ever delivered to this address: verify it before the next send.'
      : '';
  return answer(classification, advice, classification.scope, {
    retryAfter: wait,
    ...(end === null ? {} : { until: new Date(end).toISOString() }),
    needs: `${causeOf(reason).needs}${slower}${unproven}`,
  });
}

/** A domain that cannot be reached in one send after the other is as good as gone. */
const LASTING: ReadonlySet<Reason> = new Set(['message-expired', 'network-error', 'dns-failure']);

/** Rate, authentication, reputation, content: the sender's. Outages: the receiver's. Neither makes an address bad. */
function countsAgainstAddress(reason: Reason): boolean {
  return causeOf(reason).side === 'recipient' || LASTING.has(reason);
}

const knowsHistory = (history: History): boolean =>
  (history.failures?.length ?? 0) > 0 || history.send !== undefined;

/** Separate sends that failed since the last success, the present one included. */
function sendsWith(history: History, counts: (reason: Reason) => boolean): number {
  const since = history.lastDelivered ? time(history.lastDelivered) : Number.NEGATIVE_INFINITY;
  const sends = new Set<string>();
  for (const failure of history.failures ?? []) {
    if (counts(failure.reason) && time(failure.at) > since)
      sends.add(failure.send ?? failure.at.slice(0, 10));
  }
  sends.add(history.send ?? history.now?.slice(0, 10) ?? 'now');
  return sends.size;
}

function time(iso: string): number {
  const value = Date.parse(iso);
  if (Number.isNaN(value)) throw new BouncekitError('invalid-input', `"${iso.slice(0, 40)}" is no date.`);
  return value;
}

function answer(
  classification: Classification,
  action: DecisionAction,
  scope: Scope,
  more: Pick<Decision, 'retryAfter' | 'until' | 'needs' | 'urgent'>,
): Decision {
  const cause = causeOf(classification.reason);
  const success = classification.bounceType === 'success';
  const meaning = success ? 'the mail was accepted' : cause.meaning;
  return {
    action,
    scope,
    why: `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}: ${VERBS[action]}.`,
    ...(action === 'none' && success ? {} : { needs: cause.needs }),
    ...more,
  };
}
