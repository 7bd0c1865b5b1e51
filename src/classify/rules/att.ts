import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of AT&T';

export const ATT = [
  {
    id: 'att/attrbl',
    provider: 'att',
    says: ['attrbl'],
    reason: 'blocklisted',
    detail: 'ATTRBL',
    sample: '553 5.3.0 ATTRBL _is_blocked',
    source: SOURCE,
  },
  {
    id: 'att/blocked-by-ee-att',
    provider: 'att',
    says: ['blocked by ee: att'],
    reason: 'blocklisted',
    sample: '521 Blocked by ee: att',
    source: SOURCE,
  },
  {
    id: 'att/blank-mailhost',
    provider: 'att',
    status: 'x.2.1',
    says: ['blank mailhost'],
    reason: 'address-invalid',
    sample: '550 5.2.1 Blank mailhost',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
