import type { BounceType, Bucket, DecisionAction, Reason, Scope } from '../model/lists.ts';

/** What follows from a reason where no row says otherwise. */
export interface Outcome {
  readonly bounceType: BounceType;
  readonly bucket: Bucket;
  readonly advice: DecisionAction;
}

export interface ReasonDefaults {
  readonly reason: Reason;
  readonly scope: Scope;
  /** Reply 4yz, or class 4 where there is no reply code. */
  readonly temporary: Outcome;
  readonly permanent: Outcome;
}

const out = (bounceType: BounceType, bucket: Bucket, advice: DecisionAction): Outcome => ({
  bounceType,
  bucket,
  advice,
});

const RETRY = out('soft', 'retry', 'retry');
const RETRY_THEN_SUPPRESS = out('soft', 'retry', 'suppress-after-repeated');
const SLOWER = out('soft', 'retry', 'retry-slower');
const GONE = out('hard', 'fix-recipient', 'suppress');
const DOMAIN_GONE = out('hard', 'fix-recipient', 'suppress-domain');
const fix = (bounceType: BounceType, bucket: Bucket): Outcome => out(bounceType, bucket, 'fix-then-retry');

/** A 4yz never says that an address is dead; what fails for a sender's fault is soft while it is temporary. */
export const REASON_DEFAULTS = [
  { reason: 'mailbox-not-found', scope: 'address', temporary: RETRY_THEN_SUPPRESS, permanent: GONE },
  { reason: 'mailbox-disabled', scope: 'address', temporary: RETRY_THEN_SUPPRESS, permanent: GONE },
  { reason: 'mailbox-moved', scope: 'address', temporary: RETRY_THEN_SUPPRESS, permanent: GONE },
  {
    reason: 'mailbox-full',
    scope: 'address',
    temporary: RETRY,
    permanent: out('soft', 'fix-recipient', 'suppress-after-repeated'),
  },
  { reason: 'address-invalid', scope: 'address', temporary: RETRY_THEN_SUPPRESS, permanent: GONE },
  {
    reason: 'recipient-restricted',
    scope: 'address',
    temporary: fix('soft', 'fix-recipient'),
    permanent: fix('block', 'fix-recipient'),
  },
  { reason: 'domain-not-found', scope: 'domain', temporary: RETRY, permanent: DOMAIN_GONE },
  { reason: 'domain-refuses-mail', scope: 'domain', temporary: RETRY, permanent: DOMAIN_GONE },
  { reason: 'dns-failure', scope: 'domain', temporary: RETRY, permanent: RETRY_THEN_SUPPRESS },
  { reason: 'network-error', scope: 'domain', temporary: RETRY, permanent: RETRY_THEN_SUPPRESS },
  {
    reason: 'routing-error',
    scope: 'domain',
    temporary: out('soft', 'fix-configuration', 'retry'),
    permanent: out('technical', 'fix-configuration', 'retry'),
  },
  { reason: 'server-unavailable', scope: 'domain', temporary: RETRY, permanent: RETRY },
  { reason: 'server-full', scope: 'domain', temporary: RETRY, permanent: RETRY },
  { reason: 'greylisted', scope: 'message', temporary: RETRY, permanent: RETRY },
  {
    reason: 'message-expired',
    scope: 'address',
    temporary: RETRY_THEN_SUPPRESS,
    permanent: RETRY_THEN_SUPPRESS,
  },
  { reason: 'rate-limited', scope: 'sender', temporary: SLOWER, permanent: SLOWER },
  {
    reason: 'too-many-recipients',
    scope: 'message',
    temporary: out('soft', 'fix-configuration', 'retry'),
    permanent: out('soft', 'fix-configuration', 'retry'),
  },
  {
    reason: 'blocklisted',
    scope: 'sender',
    temporary: fix('soft', 'fix-reputation'),
    permanent: fix('block', 'fix-reputation'),
  },
  {
    reason: 'low-reputation',
    scope: 'sender',
    temporary: out('soft', 'fix-reputation', 'retry-slower'),
    permanent: fix('block', 'fix-reputation'),
  },
  {
    reason: 'sender-rejected',
    scope: 'sender',
    temporary: fix('soft', 'fix-configuration'),
    permanent: fix('block', 'fix-configuration'),
  },
  {
    reason: 'auth-failure',
    scope: 'sender',
    temporary: fix('soft', 'fix-authentication'),
    permanent: fix('block', 'fix-authentication'),
  },
  {
    reason: 'ptr-missing',
    scope: 'sender',
    temporary: fix('soft', 'fix-configuration'),
    permanent: fix('block', 'fix-configuration'),
  },
  {
    reason: 'tls-failure',
    scope: 'sender',
    temporary: out('soft', 'fix-configuration', 'retry'),
    permanent: fix('technical', 'fix-configuration'),
  },
  {
    reason: 'relay-denied',
    scope: 'sender',
    temporary: fix('soft', 'fix-configuration'),
    permanent: fix('technical', 'fix-configuration'),
  },
  {
    reason: 'protocol-error',
    scope: 'sender',
    temporary: fix('technical', 'fix-configuration'),
    permanent: fix('technical', 'fix-configuration'),
  },
  {
    reason: 'spam-content',
    scope: 'message',
    temporary: fix('soft', 'fix-content'),
    permanent: fix('block', 'fix-content'),
  },
  {
    reason: 'virus-detected',
    scope: 'message',
    temporary: fix('soft', 'fix-content'),
    permanent: fix('block', 'fix-content'),
  },
  {
    reason: 'attachment-rejected',
    scope: 'message',
    temporary: fix('soft', 'fix-content'),
    permanent: fix('block', 'fix-content'),
  },
  {
    reason: 'message-too-large',
    scope: 'message',
    temporary: fix('soft', 'fix-content'),
    permanent: fix('block', 'fix-content'),
  },
  {
    reason: 'message-malformed',
    scope: 'message',
    temporary: fix('soft', 'fix-content'),
    permanent: fix('block', 'fix-content'),
  },
  {
    reason: 'policy-rejected',
    scope: 'sender',
    temporary: RETRY,
    permanent: fix('block', 'fix-reputation'),
  },
  { reason: 'system-error', scope: 'domain', temporary: RETRY, permanent: RETRY },
  {
    reason: 'suppressed',
    scope: 'address',
    temporary: out('unknown', 'fix-recipient', 'suppress'),
    permanent: out('unknown', 'fix-recipient', 'suppress'),
  },
  {
    reason: 'unknown',
    scope: 'address',
    temporary: RETRY,
    permanent: out('unknown', 'none', 'suppress-after-repeated'),
  },
] as const satisfies readonly ReasonDefaults[];

const BY_REASON: ReadonlyMap<Reason, ReasonDefaults> = new Map(
  REASON_DEFAULTS.map((row) => [row.reason, row]),
);

export function defaultsOf(reason: Reason): ReasonDefaults {
  return BY_REASON.get(reason) as ReasonDefaults;
}
