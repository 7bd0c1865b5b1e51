import type { Rule } from '../rule.ts';

const SOURCE = 'https://postmaster.t-online.de/';

export const T_ONLINE = [
  {
    id: 't-online/problem',
    provider: 't-online',
    says: ['a problem occurred'],
    unless: ['bl'],
    reason: 'low-reputation',
    sample: '554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help)',
    source: SOURCE,
  },
  {
    id: 't-online/bl',
    provider: 't-online',
    says: ['(bl)'],
    reason: 'blocklisted',
    detail: '(BL)',
    sample: '554 (BL) A problem occurred',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
