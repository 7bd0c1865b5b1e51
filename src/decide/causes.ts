import type { Reason } from '../model/lists.ts';

/** Whose fault a reason is: repeated failures count against an address only where it is the recipient's. */
export type Side = 'recipient' | 'receiver' | 'sender' | 'message';

export interface Cause {
  readonly reason: Reason;
  readonly side: Side;
  /** What happened, a main clause without its full stop. */
  readonly meaning: string;
  /** What has to be done first, and what would change the decision. */
  readonly needs: string;
}

/** In the order of the closed list. */
export const CAUSES = [
  {
    reason: 'mailbox-not-found',
    side: 'recipient',
    meaning: 'the address does not exist',
    needs: 'A new consent or a corrected address would lift this.',
  },
  {
    reason: 'mailbox-disabled',
    side: 'recipient',
    meaning: 'the mailbox is switched off',
    needs: 'A sign of life of the recipient on another channel would lift this.',
  },
  {
    reason: 'mailbox-moved',
    side: 'recipient',
    meaning: 'the recipient has moved to another address',
    needs: 'Ask for the new address; do not follow a forwarding path blindly (RFC 5321 §3.4).',
  },
  {
    reason: 'mailbox-full',
    side: 'recipient',
    meaning: 'the mailbox is over its quota',
    needs: 'A later success resets the count; the same in further sends suppresses.',
  },
  {
    reason: 'address-invalid',
    side: 'recipient',
    meaning: 'the address is not a valid one',
    needs: 'Correct the address at its source.',
  },
  {
    reason: 'recipient-restricted',
    side: 'recipient',
    meaning: 'the recipient does not take mail from this sender',
    needs: 'Ask the recipient or their administrator to be allowed; hold until then.',
  },
  {
    reason: 'domain-not-found',
    side: 'recipient',
    meaning: 'the domain of the address is not in the DNS',
    needs: 'Look the domain up once more before all of it is suppressed; a DNS entry would lift this.',
  },
  {
    reason: 'domain-refuses-mail',
    side: 'recipient',
    meaning: 'the domain declares that it takes no mail',
    needs: 'A changed MX record of the domain would lift this.',
  },
  {
    reason: 'dns-failure',
    side: 'receiver',
    meaning: 'the DNS did not answer for the domain',
    needs: 'Check the own resolver when it happens for many domains.',
  },
  {
    reason: 'network-error',
    side: 'receiver',
    meaning: 'the remote server could not be reached',
    needs: 'Check the own network when it happens for many domains.',
  },
  {
    reason: 'routing-error',
    side: 'receiver',
    meaning: 'the mail found no way to the mailbox',
    needs: 'The routing or forwarding has to be mended, mostly by the receiving side.',
  },
  {
    reason: 'server-unavailable',
    side: 'receiver',
    meaning: 'the remote server did not serve at that time',
    needs: 'Nothing: it passes, or it becomes an expired message.',
  },
  {
    reason: 'server-full',
    side: 'receiver',
    meaning: 'the remote server was out of storage',
    needs: 'Nothing: the address is not at fault.',
  },
  {
    reason: 'greylisted',
    side: 'receiver',
    meaning: 'the server defers first attempts on purpose',
    needs: 'Retry from the same IP address with the same envelope.',
  },
  {
    reason: 'message-expired',
    side: 'receiver',
    meaning: 'the message could not be delivered within the lifetime of the queue',
    needs: 'The last temporary error tells the cause; the same in further sends suppresses.',
  },
  {
    reason: 'rate-limited',
    side: 'sender',
    meaning: 'more was sent than the receiver takes in that time',
    needs: 'Send slower: fewer connections, fewer messages a connection, longer pauses.',
  },
  {
    reason: 'too-many-recipients',
    side: 'sender',
    meaning: 'the transaction carried too many recipients',
    needs: 'Split the recipients over several transactions (RFC 5321 §4.5.3.1.10).',
  },
  {
    reason: 'blocklisted',
    side: 'sender',
    meaning: 'the sending host or domain is on a block list',
    needs: 'Stop the cause, then ask the list for removal; hold this stream until then.',
  },
  {
    reason: 'low-reputation',
    side: 'sender',
    meaning: 'the sending host or domain has a bad reputation there',
    needs: 'Cut volume, drop recipients that do not react, look at the complaint rate.',
  },
  {
    reason: 'sender-rejected',
    side: 'sender',
    meaning: 'the sender address or its domain was refused',
    needs: 'Correct the sender address or the DNS of its domain (MX, A).',
  },
  {
    reason: 'auth-failure',
    side: 'sender',
    meaning: 'the mail did not pass SPF, DKIM or DMARC',
    needs: 'Mend SPF, DKIM and DMARC of the sending domain; hold this stream until they pass.',
  },
  {
    reason: 'ptr-missing',
    side: 'sender',
    meaning: 'the sending host lacks a fitting name in the reverse DNS or in its greeting',
    needs: 'Set PTR, forward DNS and HELO name of the sending host so that they agree.',
  },
  {
    reason: 'tls-failure',
    side: 'sender',
    meaning: 'the connection could not be encrypted as demanded',
    needs: 'Mend TLS on the side that failed: certificate, version, or the published policy.',
  },
  {
    reason: 'relay-denied',
    side: 'sender',
    meaning: 'the server does not take this mail from this client',
    needs: 'Log in, or send to the MX that serves the domain.',
  },
  {
    reason: 'protocol-error',
    side: 'sender',
    meaning: 'the sending software broke the protocol',
    needs: 'Mend the sending software; the recipient has nothing to do with it.',
  },
  {
    reason: 'spam-content',
    side: 'message',
    meaning: 'the content was taken for spam',
    needs: 'Change text and links; check the hosts that it links to.',
  },
  {
    reason: 'virus-detected',
    side: 'message',
    meaning: 'the content was taken for malware',
    needs: 'Check the sending system for a compromise before anything is sent again.',
  },
  {
    reason: 'attachment-rejected',
    side: 'message',
    meaning: 'an attachment of this kind is not accepted',
    needs: 'Send a link instead of the file.',
  },
  {
    reason: 'message-too-large',
    side: 'message',
    meaning: 'the message is larger than the receiver takes',
    needs: 'Make the message smaller.',
  },
  {
    reason: 'message-malformed',
    side: 'message',
    meaning: 'the message breaks the rules of its format',
    needs: 'Mend the headers or the MIME structure that the sending software writes.',
  },
  {
    reason: 'policy-rejected',
    side: 'sender',
    meaning: 'a rule of the receiver refused the mail',
    needs:
      'Check authentication, reputation and content in this order; the text of the reply may name the rule.',
  },
  {
    reason: 'system-error',
    side: 'receiver',
    meaning: 'the receiving system failed',
    needs: 'Nothing on the sending side; write to the postmaster when it lasts.',
  },
  {
    reason: 'suppressed',
    side: 'recipient',
    meaning: 'the sending service did not try, the address is on its list',
    needs: 'This is no new evidence: look up which list holds the address, and why.',
  },
  {
    reason: 'unknown',
    side: 'recipient',
    meaning: 'the reply names no cause',
    needs: 'More evidence: the same in further sends suppresses, a success resets the count.',
  },
] as const satisfies readonly Cause[];

const BY_REASON: ReadonlyMap<Reason, Cause> = new Map(CAUSES.map((cause) => [cause.reason, cause]));

export function causeOf(reason: Reason): Cause {
  return BY_REASON.get(reason) as Cause;
}
