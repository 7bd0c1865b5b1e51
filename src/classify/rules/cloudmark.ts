import type { Rule } from '../rule.ts';

const SOURCE = 'https://csi.cloudmark.com/en/reset/';

export const CLOUDMARK = [
  {
    id: 'cloudmark/cm-csi-v11',
    provider: 'cloudmark',
    says: ['cm-csi-v11'],
    reason: 'blocklisted',
    detail: 'cm-csi-v11',
    sample: '554 5.7.1 cm-csi-v11 Blocked using',
    source: SOURCE,
  },
  {
    id: 'cloudmark/aup',
    provider: 'cloudmark',
    says: ['aup#'],
    unless: [
      'per hour',
      'per day',
      'too many messages',
      'rate limit',
      'limit reached',
      'spam content',
      'suspected spam',
    ],
    reason: 'low-reputation',
    sample: '550 Aup#',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
