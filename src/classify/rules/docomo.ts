import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of NTT docomo';

export const DOCOMO = [
  {
    id: 'docomo/unknown-after-data',
    provider: 'ntt-docomo',
    command: ['DATA', 'end of DATA'],
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    bounceType: 'soft',
    advice: 'suppress-after-repeated',
    sample: '550 Unknown user jane@docomo.example',
    source: 'observed replies of NTT docomo: a filter that the subscriber set up answers after DATA',
  },
  {
    id: 'docomo/unknown-user',
    provider: 'ntt-docomo',
    says: ['unknown user', 'user unknown'],
    reason: 'mailbox-not-found',
    sample: '550 Unknown user jane@docomo.example',
    source: 'observed replies of NTT docomo: no such subscriber',
  },
  {
    id: 'docomo/too-much-mail-data',
    provider: 'ntt-docomo',
    says: ['too much mail data'],
    reason: 'mailbox-full',
    sample: '552 Too much mail data',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
