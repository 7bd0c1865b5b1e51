/** The closed lists. Every one is an array, so that programs can walk it, and a union type of its members. */

/** What a message is. One per report. */
export const KINDS = [
  'bounce',
  'delay',
  'delivery',
  'auto-reply',
  'feedback',
  'disposition',
  'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** What the reporting MTA did, by RFC 3464 §2.3.3. */
export const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
export type Action = (typeof ACTIONS)[number];

/** The stage of the SMTP dialogue at which the remote side refused. */
export const COMMANDS = [
  'CONNECT',
  'EHLO',
  'STARTTLS',
  'AUTH',
  'MAIL FROM',
  'RCPT TO',
  'DATA',
  'end of DATA',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Why mail was refused. */
export const REASONS = [
  'mailbox-not-found',
  'mailbox-disabled',
  'mailbox-moved',
  'mailbox-full',
  'address-invalid',
  'recipient-restricted',
  'domain-not-found',
  'domain-refuses-mail',
  'dns-failure',
  'network-error',
  'routing-error',
  'server-unavailable',
  'server-full',
  'greylisted',
  'message-expired',
  'rate-limited',
  'too-many-recipients',
  'blocklisted',
  'low-reputation',
  'sender-rejected',
  'auth-failure',
  'ptr-missing',
  'tls-failure',
  'relay-denied',
  'protocol-error',
  'spam-content',
  'virus-detected',
  'attachment-rejected',
  'message-too-large',
  'message-malformed',
  'policy-rejected',
  'system-error',
  'suppressed',
  'unknown',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * How lasting a refusal is, and against whom: `hard` the address or its domain is bad; `soft` temporary or
 * uncertain; `block` refused for reputation, policy, authentication or content, the address may be good;
 * `technical` configuration or protocol.
 */
export const BOUNCE_TYPES = ['hard', 'soft', 'block', 'technical', 'success', 'unknown'] as const;
export type BounceType = (typeof BOUNCE_TYPES)[number];

/** Who has to do what before the mail can pass. */
export const BUCKETS = [
  'retry',
  'fix-recipient',
  'fix-authentication',
  'fix-content',
  'fix-reputation',
  'fix-configuration',
  'none',
] as const;
export type Bucket = (typeof BUCKETS)[number];

export const DECISION_ACTIONS = [
  'none',
  'retry',
  'retry-slower',
  'fix-then-retry',
  'suppress-after-repeated',
  'suppress',
  'suppress-domain',
] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** What a reason or a decision speaks about. */
export const SCOPES = ['address', 'domain', 'message', 'sender'] as const;
export type Scope = (typeof SCOPES)[number];

export const AUTO_REPLY_TYPES = ['vacation', 'acknowledgement', 'challenge', 'notice'] as const;
export type AutoReplyType = (typeof AUTO_REPLY_TYPES)[number];
