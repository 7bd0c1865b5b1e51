import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Zoho Mail';

export const ZOHO = [
  {
    id: 'zoho/mail-rejected-by-destination-domain',
    provider: 'zoho',
    says: ['mail rejected by destination domain'],
    reason: 'recipient-restricted',
    sample: '541 5.4.1 Mail rejected by destination domain',
    source: SOURCE,
  },
  {
    id: 'zoho/restricted-by-policy-error',
    provider: 'zoho',
    says: ['restricted by policy error'],
    reason: 'recipient-restricted',
    sample: '452 Restricted by policy error',
    source: SOURCE,
  },
  {
    id: 'zoho/temporary-system-error',
    provider: 'zoho',
    says: ['temporary system error'],
    reason: 'server-unavailable',
    sample: '452 4.3.1 Temporary system error',
    source: SOURCE,
  },
  {
    id: 'zoho/mailpolicy-violation',
    provider: 'zoho',
    status: 'x.2.3',
    says: ['mailpolicy violation'],
    reason: 'recipient-restricted',
    sample: '554 5.2.3 Mailpolicy violation',
    source: SOURCE,
  },
  {
    id: 'zoho/policy-error',
    provider: 'zoho',
    status: 'x.1.1',
    says: ['policy error'],
    reason: 'recipient-restricted',
    sample: '552 5.1.1 Policy error',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
