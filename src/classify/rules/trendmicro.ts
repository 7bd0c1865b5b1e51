import type { Rule } from '../rule.ts';

const SOURCE = 'Trend Micro ERS FAQ; observed replies';

export const TRENDMICRO = [
  {
    id: 'trendmicro/ers-customized-block',
    provider: 'trendmicro',
    status: 'x.7.1',
    says: ['ers-customized-block'],
    reason: 'low-reputation',
    sample: '550 5.7.1 Ers-customized-block',
    source: SOURCE,
  },
  {
    id: 'trendmicro/block-send-er',
    provider: 'trendmicro',
    status: 'x.7.1',
    says: ['block-send-er'],
    reason: 'recipient-restricted',
    sample: '554 5.7.1 Block-send-er',
    source: SOURCE,
  },
  {
    id: 'trendmicro/block-rcpt',
    provider: 'trendmicro',
    status: 'x.7.1',
    says: ['block-rcpt'],
    reason: 'recipient-restricted',
    sample: '554 5.7.1 Block-rcpt',
    source: SOURCE,
  },
  {
    id: 'trendmicro/no-domain',
    provider: 'trendmicro',
    status: 'x.7.1',
    says: ['no-domain'],
    reason: 'routing-error',
    sample: '554 5.7.1 No-domain',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
