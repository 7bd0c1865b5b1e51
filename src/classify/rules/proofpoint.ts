import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Proofpoint gateways';

export const PROOFPOINT = [
  {
    id: 'proofpoint/cloudmark-sender-intelligence',
    provider: 'proofpoint',
    says: ['cloudmark sender intelligence'],
    reason: 'blocklisted',
    sample: '550 5.7.1 Cloudmark sender intelligence',
    source: SOURCE,
  },
  {
    id: 'proofpoint/need-fully-qualified-address',
    provider: 'proofpoint',
    says: ['need fully-qualified address'],
    reason: 'sender-rejected',
    sample: '550 5.5.2 Need fully-qualified address',
    source: SOURCE,
  },
  {
    id: 'proofpoint/not-a-valid-email-address',
    provider: 'proofpoint',
    says: ['not a valid email address'],
    reason: 'mailbox-not-found',
    sample: '550 5.1.1 Not a valid email address',
    source: SOURCE,
  },
  {
    id: 'proofpoint/local-policy-violation',
    provider: 'proofpoint',
    says: ['local policy violation'],
    reason: 'recipient-restricted',
    sample: '550 5.7.0 Local policy violation',
    source: SOURCE,
  },
  {
    id: 'proofpoint/unverified-address',
    provider: 'proofpoint',
    status: 'x.1.1',
    says: ['unverified address'],
    reason: 'server-unavailable',
    sample: '421 4.1.1 Unverified address',
    source: SOURCE,
  },
  {
    id: 'proofpoint/domain-not-found',
    provider: 'proofpoint',
    says: ['domain not found'],
    reason: 'sender-rejected',
    sample: '550 5.1.8 Domain not found',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
