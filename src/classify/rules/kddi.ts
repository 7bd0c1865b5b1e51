import type { Rule } from '../rule.ts';

export const KDDI = [
  {
    id: 'kddi/unknown-after-data',
    provider: 'kddi',
    command: ['DATA', 'end of DATA'],
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    bounceType: 'soft',
    advice: 'suppress-after-repeated',
    sample: '550 : User unknown',
    source: 'observed replies of KDDI: a filter that the subscriber set up answers after DATA',
  },
  {
    id: 'kddi/unknown-user',
    provider: 'kddi',
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    sample: '550 <jane@ezweb.example>: User unknown',
    source: 'observed replies of KDDI: no such subscriber',
  },
] as const satisfies readonly Rule[];
