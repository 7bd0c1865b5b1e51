import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of KDDI';

export const KDDI = [
  {
    id: 'kddi/550-user-unknown',
    provider: 'kddi',
    says: ['550 : user unknown'],
    reason: 'recipient-restricted',
    advice: 'suppress',
    sample: '550 550 : user unknown',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
