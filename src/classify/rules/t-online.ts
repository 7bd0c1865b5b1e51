import type { Rule } from '../rule.ts';

const SOURCE = 'https://postmaster.t-online.de/';

export const T_ONLINE = [
  {
    id: 't-online/bl',
    provider: 't-online',
    says: ['(bl)'],
    reason: 'low-reputation',
    detail: '(BL)',
    sample: '554 (BL) A problem occurred',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
