import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Barracuda gateways';

export const BARRACUDA = [
  {
    id: 'barracuda/cuda-nsu',
    provider: 'barracuda',
    says: ['policy rejection- abuse', 'policy rejection abuse'],
    reason: 'low-reputation',
    detail: 'cuda_nsu',
    sample: '450 4.7.1 Policy rejection- abuse cuda_nsu',
    source: SOURCE,
  },
  {
    id: 'barracuda/temporary-server-error',
    provider: 'barracuda',
    says: [['cuda_nsu', 'temporary']],
    reason: 'server-unavailable',
    detail: 'cuda_nsu',
    sample: '451 4.4.3 cuda_nsu Temporary server error',
    source: SOURCE,
  },
  {
    id: 'barracuda/user-unknown',
    provider: 'barracuda',
    says: [['cuda_nsu', 'user unknown']],
    reason: 'mailbox-not-found',
    detail: 'cuda_nsu',
    sample: '550 5.1.1 cuda_nsu User unknown',
    source: SOURCE,
  },
  {
    id: 'barracuda/blocked-using-barracuda-reputation',
    provider: 'barracuda',
    says: ['blocked using barracuda reputation'],
    reason: 'blocklisted',
    sample: '554 Blocked using barracuda reputation',
    source: SOURCE,
  },
  {
    id: 'barracuda/rejecting-banned-content',
    provider: 'barracuda',
    says: ['rejecting banned content'],
    reason: 'spam-content',
    sample: '554 Rejecting banned content',
    source: SOURCE,
  },
  {
    id: 'barracuda/spam-url-in-content',
    provider: 'barracuda',
    says: ['spam url in content'],
    reason: 'spam-content',
    sample: '554 Spam url in content',
    source: SOURCE,
  },
  {
    id: 'barracuda/blocked',
    provider: 'barracuda',
    reply: '550',
    says: [':blocked)'],
    unless: ['reputation block list', 'block list'],
    reason: 'policy-rejected',
    sample: '550 :blocked)',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
