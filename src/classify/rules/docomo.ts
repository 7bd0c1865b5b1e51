import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of NTT docomo';

export const DOCOMO = [
  {
    id: 'docomo/too-much-mail-data',
    provider: 'ntt-docomo',
    says: ['too much mail data'],
    reason: 'mailbox-full',
    sample: '552 Too much mail data',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
