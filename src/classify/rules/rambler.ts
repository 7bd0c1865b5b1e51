import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Rambler';

export const RAMBLER = [
  {
    id: 'rambler/inactive',
    provider: 'rambler',
    status: 'x.7.1',
    says: ['inactive'],
    reason: 'mailbox-disabled',
    sample: '540 5.7.1 Inactive',
    source: SOURCE,
  },
  {
    id: 'rambler/blocked',
    provider: 'rambler',
    status: 'x.7.1',
    says: ['blocked'],
    reason: 'mailbox-disabled',
    sample: '540 5.7.1 Blocked',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
