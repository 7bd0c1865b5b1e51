import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Symantec Email Security.cloud';

export const SYMANTEC = [
  {
    id: 'symantec/requested-action-aborted',
    provider: 'symantec-broadcom',
    says: ['requested action aborted'],
    reason: 'server-unavailable',
    sample: '450 Requested action aborted',
    source: SOURCE,
  },
  {
    id: 'symantec/rejected',
    provider: 'symantec-broadcom',
    reply: '542',
    says: ['rejected'],
    reason: 'mailbox-not-found',
    sample: '542 Rejected',
    source: SOURCE,
  },
  {
    id: 'symantec/use-me',
    provider: 'symantec-broadcom',
    reply: '553',
    says: ['use me'],
    reason: 'relay-denied',
    sample: '553 Use me',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
