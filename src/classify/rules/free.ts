import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Free';

export const FREE = [
  {
    id: 'free/too-many-connections-from-your-ip',
    provider: 'free.fr',
    says: ['too many connections from your ip'],
    reason: 'rate-limited',
    sample: '550 Too many connections from your ip',
    source: SOURCE,
  },
  {
    id: 'free/too-many-spams-from-your-ip',
    provider: 'free.fr',
    says: ['too many spams from your ip'],
    reason: 'low-reputation',
    advice: 'retry-slower',
    sample: '550 Too many spams from your ip',
    source: SOURCE,
  },
  {
    id: 'free/blocked-due-to-inactivity',
    provider: 'free.fr',
    says: ['blocked due to inactivity'],
    reason: 'mailbox-disabled',
    sample: '550 5.2.1 Blocked due to inactivity',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
