import type { BounceType, Bucket, DecisionAction, Reason } from '../model/lists.ts';

/** An entry of the IANA registry "SMTP Enhanced Status Codes", and what a refusal with it means. */
export interface EnhancedCode {
  /** `x.1.1`: any class. */
  readonly code: string;
  readonly name: string;
  readonly source: string;
  /** Null for codes that no failure carries. */
  readonly reason: Reason | null;
  readonly bounceType?: BounceType;
  readonly bucket?: Bucket;
  readonly advice?: DecisionAction;
  readonly detail?: string;
}

/** The whole registry, state of 2024-12-06. */
export const ENHANCED_CODES = [
  { code: 'x.0.0', name: 'Other undefined status', source: 'RFC 3463', reason: 'unknown' },
  { code: 'x.1.0', name: 'Other address status', source: 'RFC 3463', reason: 'unknown' },
  { code: 'x.1.1', name: 'Bad destination mailbox address', source: 'RFC 3463', reason: 'mailbox-not-found' },
  { code: 'x.1.2', name: 'Bad destination system address', source: 'RFC 3463', reason: 'domain-not-found' },
  {
    code: 'x.1.3',
    name: 'Bad destination mailbox address syntax',
    source: 'RFC 3463',
    reason: 'address-invalid',
  },
  {
    code: 'x.1.4',
    name: 'Destination mailbox address ambiguous',
    source: 'RFC 3463',
    reason: 'mailbox-not-found',
  },
  { code: 'x.1.5', name: 'Destination address valid', source: 'RFC 3463', reason: null },
  {
    code: 'x.1.6',
    name: 'Destination mailbox has moved, no forwarding address',
    source: 'RFC 3463',
    reason: 'mailbox-moved',
  },
  {
    code: 'x.1.7',
    name: "Bad sender's mailbox address syntax",
    source: 'RFC 3463',
    reason: 'sender-rejected',
  },
  {
    code: 'x.1.8',
    name: "Bad sender's system address",
    source: 'RFC 3463',
    reason: 'sender-rejected',
    detail: 'sender-domain',
  },
  { code: 'x.1.9', name: 'Message relayed to non-compliant mailer', source: 'RFC 5248', reason: null },
  {
    code: 'x.1.10',
    name: 'Recipient address has null MX',
    source: 'RFC 7505',
    reason: 'domain-refuses-mail',
  },
  { code: 'x.2.0', name: 'Other or undefined mailbox status', source: 'RFC 3463', reason: 'unknown' },
  {
    code: 'x.2.1',
    name: 'Mailbox disabled, not accepting messages',
    source: 'RFC 3463 §3.3: may be for a while; the words have to say that it is not',
    reason: 'mailbox-disabled',
    bounceType: 'soft',
    advice: 'suppress-after-repeated',
  },
  { code: 'x.2.2', name: 'Mailbox full', source: 'RFC 3463', reason: 'mailbox-full' },
  {
    code: 'x.2.3',
    name: 'Message length exceeds administrative limit',
    source: 'RFC 3463',
    reason: 'message-too-large',
  },
  { code: 'x.2.4', name: 'Mailing list expansion problem', source: 'RFC 3463', reason: 'system-error' },
  {
    code: 'x.3.0',
    name: 'Other or undefined mail system status',
    source: 'RFC 3463',
    reason: 'system-error',
  },
  { code: 'x.3.1', name: 'Mail system full', source: 'RFC 3463', reason: 'server-full' },
  {
    code: 'x.3.2',
    name: 'System not accepting network messages',
    source: 'RFC 3463',
    reason: 'server-unavailable',
  },
  {
    code: 'x.3.3',
    name: 'System not capable of selected features',
    source: 'RFC 3463',
    reason: 'protocol-error',
  },
  { code: 'x.3.4', name: 'Message too big for system', source: 'RFC 3463', reason: 'message-too-large' },
  {
    code: 'x.3.5',
    name: 'System incorrectly configured',
    source: 'RFC 3463',
    reason: 'system-error',
    bounceType: 'technical',
    bucket: 'fix-configuration',
    advice: 'retry',
  },
  { code: 'x.3.6', name: 'Requested priority was changed', source: 'RFC 6710', reason: null },
  {
    code: 'x.4.0',
    name: 'Other or undefined network or routing status',
    source: 'RFC 3463',
    reason: 'network-error',
  },
  { code: 'x.4.1', name: 'No answer from host', source: 'RFC 3463', reason: 'network-error' },
  { code: 'x.4.2', name: 'Bad connection', source: 'RFC 3463', reason: 'network-error' },
  { code: 'x.4.3', name: 'Directory server failure', source: 'RFC 3463', reason: 'dns-failure' },
  { code: 'x.4.4', name: 'Unable to route', source: 'RFC 3463', reason: 'routing-error' },
  { code: 'x.4.5', name: 'Mail system congestion', source: 'RFC 3463', reason: 'server-unavailable' },
  {
    code: 'x.4.6',
    name: 'Routing loop detected',
    source: 'RFC 3463',
    reason: 'routing-error',
    detail: 'loop',
  },
  { code: 'x.4.7', name: 'Delivery time expired', source: 'RFC 3463', reason: 'message-expired' },
  { code: 'x.5.0', name: 'Other or undefined protocol status', source: 'RFC 3463', reason: 'protocol-error' },
  { code: 'x.5.1', name: 'Invalid command', source: 'RFC 3463', reason: 'protocol-error' },
  { code: 'x.5.2', name: 'Syntax error', source: 'RFC 3463', reason: 'protocol-error' },
  { code: 'x.5.3', name: 'Too many recipients', source: 'RFC 3463', reason: 'too-many-recipients' },
  { code: 'x.5.4', name: 'Invalid command arguments', source: 'RFC 3463', reason: 'protocol-error' },
  { code: 'x.5.5', name: 'Wrong protocol version', source: 'RFC 3463', reason: 'protocol-error' },
  {
    code: 'x.5.6',
    name: 'Authentication exchange line is too long',
    source: 'RFC 4954',
    reason: 'protocol-error',
  },
  { code: 'x.6.0', name: 'Other or undefined media error', source: 'RFC 3463', reason: 'message-malformed' },
  { code: 'x.6.1', name: 'Media not supported', source: 'RFC 3463', reason: 'message-malformed' },
  {
    code: 'x.6.2',
    name: 'Conversion required and prohibited',
    source: 'RFC 3463',
    reason: 'message-malformed',
  },
  {
    code: 'x.6.3',
    name: 'Conversion required but not supported',
    source: 'RFC 3463',
    reason: 'message-malformed',
  },
  { code: 'x.6.4', name: 'Conversion with loss performed', source: 'RFC 3463', reason: 'message-malformed' },
  { code: 'x.6.5', name: 'Conversion failed', source: 'RFC 3463', reason: 'message-malformed' },
  { code: 'x.6.6', name: 'Message content not available', source: 'RFC 4468', reason: 'message-malformed' },
  {
    code: 'x.6.7',
    name: 'Non-ASCII addresses not permitted for that sender or recipient',
    source: 'RFC 6531',
    reason: 'message-malformed',
    detail: 'smtputf8',
  },
  {
    code: 'x.6.8',
    name: 'UTF-8 string reply is required, but not permitted by the client',
    source: 'RFC 6531',
    reason: 'message-malformed',
    detail: 'smtputf8',
  },
  {
    code: 'x.6.9',
    name: 'UTF-8 header message cannot be transferred to one or more recipients',
    source: 'RFC 6531',
    reason: 'message-malformed',
    detail: 'smtputf8',
  },
  {
    code: 'x.6.10',
    name: 'Duplicate of x.6.8, deprecated',
    source: 'RFC 6531',
    reason: 'message-malformed',
    detail: 'smtputf8',
  },
  {
    code: 'x.7.0',
    name: 'Other or undefined security status',
    source: 'RFC 3463',
    reason: 'policy-rejected',
  },
  {
    code: 'x.7.1',
    name: 'Delivery not authorized, message refused',
    source: 'RFC 3463',
    reason: 'policy-rejected',
  },
  {
    code: 'x.7.2',
    name: 'Mailing list expansion prohibited',
    source: 'RFC 3463',
    reason: 'recipient-restricted',
  },
  {
    code: 'x.7.3',
    name: 'Security conversion required but not possible',
    source: 'RFC 3463',
    reason: 'tls-failure',
  },
  { code: 'x.7.4', name: 'Security features not supported', source: 'RFC 3463', reason: 'tls-failure' },
  { code: 'x.7.5', name: 'Cryptographic failure', source: 'RFC 3463', reason: 'tls-failure' },
  { code: 'x.7.6', name: 'Cryptographic algorithm not supported', source: 'RFC 3463', reason: 'tls-failure' },
  { code: 'x.7.7', name: 'Message integrity failure', source: 'RFC 3463', reason: 'auth-failure' },
  {
    code: 'x.7.8',
    name: 'Authentication credentials invalid',
    source: 'RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  {
    code: 'x.7.9',
    name: 'Authentication mechanism is too weak',
    source: 'RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  { code: 'x.7.10', name: 'Encryption needed', source: 'RFC 5248', reason: 'tls-failure' },
  {
    code: 'x.7.11',
    name: 'Encryption required for requested authentication mechanism',
    source: 'RFC 4954',
    reason: 'tls-failure',
  },
  {
    code: 'x.7.12',
    name: 'A password transition is needed',
    source: 'RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  { code: 'x.7.13', name: 'User account disabled', source: 'RFC 5248', reason: 'mailbox-disabled' },
  {
    code: 'x.7.14',
    name: 'Trust relationship required',
    source: 'RFC 5248',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  { code: 'x.7.15', name: 'Priority level is too low', source: 'RFC 6710', reason: 'policy-rejected' },
  {
    code: 'x.7.16',
    name: 'Message is too big for the specified priority',
    source: 'RFC 6710',
    reason: 'message-too-large',
  },
  { code: 'x.7.17', name: 'Mailbox owner has changed', source: 'RFC 7293', reason: 'mailbox-moved' },
  { code: 'x.7.18', name: 'Domain owner has changed', source: 'RFC 7293', reason: 'mailbox-moved' },
  { code: 'x.7.19', name: 'RRVS test cannot be completed', source: 'RFC 7293', reason: 'policy-rejected' },
  {
    code: 'x.7.20',
    name: 'No passing DKIM signature found',
    source: 'RFC 7372',
    reason: 'auth-failure',
    detail: 'dkim',
  },
  {
    code: 'x.7.21',
    name: 'No acceptable DKIM signature found',
    source: 'RFC 7372',
    reason: 'auth-failure',
    detail: 'dkim',
  },
  {
    code: 'x.7.22',
    name: 'No valid author-matched DKIM signature found',
    source: 'RFC 7372',
    reason: 'auth-failure',
    detail: 'dkim',
  },
  {
    code: 'x.7.23',
    name: 'SPF validation failed',
    source: 'RFC 7372',
    reason: 'auth-failure',
    detail: 'spf',
  },
  { code: 'x.7.24', name: 'SPF validation error', source: 'RFC 7372', reason: 'auth-failure', detail: 'spf' },
  { code: 'x.7.25', name: 'Reverse DNS validation failed', source: 'RFC 7372', reason: 'ptr-missing' },
  {
    code: 'x.7.26',
    name: 'Multiple authentication checks failed',
    source: 'RFC 7372',
    reason: 'auth-failure',
  },
  {
    code: 'x.7.27',
    name: 'Sender address has null MX',
    source: 'RFC 7505',
    reason: 'sender-rejected',
    detail: 'sender-domain',
  },
  { code: 'x.7.28', name: 'Mail flood detected', source: 'IANA registration', reason: 'rate-limited' },
  {
    code: 'x.7.29',
    name: 'ARC validation failure',
    source: 'RFC 8617',
    reason: 'auth-failure',
    detail: 'arc',
  },
  {
    code: 'x.7.30',
    name: 'REQUIRETLS support required',
    source: 'RFC 8689',
    reason: 'tls-failure',
    detail: 'requiretls',
  },
] as const satisfies readonly EnhancedCode[];

/** A reply code, and what it means where nothing more precise was said. */
export interface ReplyCode {
  readonly code: string;
  readonly name: string;
  readonly source: string;
  readonly reason: Reason;
  readonly bounceType?: BounceType;
  readonly bucket?: Bucket;
  readonly advice?: DecisionAction;
  readonly detail?: string;
}

const SUCCESS = { reason: 'unknown', bounceType: 'success', bucket: 'none', advice: 'none' } as const;
/** An enhanced code that lost its dots; no reply code of RFC 5321. */
const DOTLESS = 'not a reply code: an enhanced code without its dots';

/** RFC 5321 §4.2.3 and the extensions that add codes; codes that only some servers use say so. */
export const REPLY_CODES = [
  { code: '200', name: 'Success, historic', source: 'RFC 876', ...SUCCESS },
  { code: '211', name: 'System status or help', source: 'RFC 5321', ...SUCCESS },
  { code: '214', name: 'Help message', source: 'RFC 5321', ...SUCCESS },
  { code: '220', name: 'Service ready', source: 'RFC 5321, RFC 3207', ...SUCCESS },
  { code: '221', name: 'Closing channel', source: 'RFC 5321', ...SUCCESS },
  { code: '235', name: 'Authentication succeeded', source: 'RFC 4954', ...SUCCESS },
  { code: '250', name: 'Action completed', source: 'RFC 5321', ...SUCCESS },
  { code: '251', name: 'User not local, will forward', source: 'RFC 5321', ...SUCCESS, detail: 'forwarded' },
  { code: '252', name: 'Cannot verify the user, will try to deliver', source: 'RFC 5321', ...SUCCESS },
  { code: '253', name: 'Pending messages started', source: 'RFC 1985', ...SUCCESS },
  { code: '334', name: 'Challenge of the login', source: 'RFC 4954', ...SUCCESS },
  { code: '354', name: 'Start mail input', source: 'RFC 5321', ...SUCCESS },
  {
    code: '421',
    name: 'Service not available, closing channel',
    source: 'RFC 5321',
    reason: 'server-unavailable',
  },
  { code: '422', name: 'Mailbox full (4.2.2)', source: DOTLESS, reason: 'mailbox-full' },
  { code: '431', name: 'Mail system full (4.3.1)', source: DOTLESS, reason: 'server-full' },
  {
    code: '432',
    name: 'Password transition needed; at Exchange 4.3.2',
    source: 'RFC 4954',
    reason: 'server-unavailable',
  },
  { code: '441', name: 'No answer from host (4.4.1)', source: DOTLESS, reason: 'network-error' },
  { code: '442', name: 'Bad connection (4.4.2)', source: DOTLESS, reason: 'network-error' },
  { code: '446', name: 'Routing loop (4.4.6)', source: DOTLESS, reason: 'routing-error' },
  {
    code: '447',
    name: 'Delivery time expired (4.4.7)',
    source: DOTLESS,
    reason: 'message-expired',
    advice: 'retry',
  },
  { code: '450', name: 'Mailbox unavailable now', source: 'RFC 5321', reason: 'server-unavailable' },
  { code: '451', name: 'Local error in processing', source: 'RFC 5321', reason: 'server-unavailable' },
  { code: '452', name: 'Insufficient system storage', source: 'RFC 5321', reason: 'server-full' },
  { code: '453', name: 'Not accepting mail now', source: 'RFC 2645', reason: 'server-unavailable' },
  {
    code: '454',
    name: 'TLS or login not available now',
    source: 'RFC 3207, RFC 4954',
    reason: 'tls-failure',
  },
  { code: '455', name: 'Cannot accommodate parameters', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '458', name: 'Unable to queue', source: 'RFC 1985', reason: 'server-unavailable' },
  { code: '459', name: 'Node not allowed', source: 'RFC 1985', reason: 'policy-rejected' },
  { code: '471', name: 'Held by a spam filter (4.7.1)', source: DOTLESS, reason: 'spam-content' },
  { code: '500', name: 'Syntax error, command unrecognized', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '501', name: 'Syntax error in parameters', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '502', name: 'Command not implemented', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '503', name: 'Bad sequence of commands', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '504', name: 'Command parameter not implemented', source: 'RFC 5321', reason: 'protocol-error' },
  { code: '521', name: 'Host accepts no mail', source: 'RFC 7504', reason: 'domain-refuses-mail' },
  { code: '523', name: 'Encryption needed', source: 'RFC 5248', reason: 'tls-failure' },
  { code: '524', name: 'Encryption required for the login', source: 'IANA x.7.11', reason: 'tls-failure' },
  { code: '525', name: 'User account disabled', source: 'RFC 5248', reason: 'mailbox-disabled' },
  {
    code: '530',
    name: 'Login or STARTTLS required',
    source: 'RFC 3207, RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  { code: '533', name: 'Not authorized (IANA x.7.1)', source: 'IANA x.7.1', reason: 'policy-rejected' },
  {
    code: '534',
    name: 'Login mechanism too weak',
    source: 'RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  {
    code: '535',
    name: 'Login invalid',
    source: 'RFC 4954',
    reason: 'relay-denied',
    detail: 'authentication',
  },
  { code: '538', name: 'Encryption required for the login', source: 'RFC 4954', reason: 'tls-failure' },
  {
    code: '542',
    name: 'Recipient refused',
    source: 'unregistered: Symantec Email Security.cloud',
    reason: 'mailbox-not-found',
    advice: 'suppress-after-repeated',
  },
  { code: '550', name: 'Mailbox unavailable', source: 'RFC 5321', reason: 'unknown' },
  { code: '551', name: 'User not local', source: 'RFC 5321', reason: 'mailbox-moved' },
  { code: '552', name: 'Exceeded storage allocation', source: 'RFC 5321', reason: 'mailbox-full' },
  { code: '553', name: 'Mailbox name not allowed', source: 'RFC 5321', reason: 'unknown' },
  { code: '554', name: 'Transaction failed', source: 'RFC 5321', reason: 'unknown' },
  {
    code: '555',
    name: 'Parameters of MAIL or RCPT not recognized',
    source: 'RFC 5321',
    reason: 'protocol-error',
  },
  {
    code: '556',
    name: 'Domain accepts no mail',
    source: 'RFC 7504, RFC 7505',
    reason: 'domain-refuses-mail',
  },
  {
    code: '571',
    name: 'Refused by policy',
    source: 'unregistered: Orange and some hosters',
    reason: 'policy-rejected',
  },
] as const satisfies readonly ReplyCode[];
