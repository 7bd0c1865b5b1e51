import type { Rule } from '../rule.ts';

export const KDDI = [
  {
    id: 'kddi/unknown-at-rcpt',
    provider: 'kddi',
    command: ['RCPT TO'],
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    sample: '550 <jane@ezweb.example>: User unknown',
    source: 'observed replies of KDDI: a filter of the subscriber answers after DATA, not here',
  },
  {
    id: 'kddi/unknown-user',
    provider: 'kddi',
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    bounceType: 'soft',
    advice: 'suppress-after-repeated',
    sample: '550 <jane@ezweb.example>: User unknown',
    source: 'observed replies of KDDI: also the answer of a filter that the subscriber set up',
  },
] as const satisfies readonly Rule[];
