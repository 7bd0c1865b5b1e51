import type { Rule } from '../rule.ts';

const SOURCE = 'Yandex Mail help on returned mail';

export const YANDEX = [
  {
    id: 'yandex/policy-rejection-on-the-target-address',
    provider: 'yandex',
    says: ['policy rejection on the target address'],
    reason: 'mailbox-disabled',
    sample: '550 5.7.1 Policy rejection on the target address',
    source: SOURCE,
  },
  {
    id: 'yandex/service-is-currently-unavailable',
    provider: 'yandex',
    says: ['service is currently unavailable'],
    reason: 'greylisted',
    sample: '451 4.7.1 Service is currently unavailable',
    source: SOURCE,
  },
  {
    id: 'yandex/bad-recipient-address-syntax',
    provider: 'yandex',
    says: ['bad recipient address syntax'],
    reason: 'address-invalid',
    sample: '550 Bad recipient address syntax',
    source: SOURCE,
  },
  {
    id: 'yandex/mailbox-size-limit-exceeded',
    provider: 'yandex',
    says: ['mailbox size limit exceeded'],
    reason: 'mailbox-full',
    sample: '552 5.2.2 Mailbox size limit exceeded',
    source: SOURCE,
  },
  {
    id: 'yandex/exceeded-message-rate-limit',
    provider: 'yandex',
    says: ['exceeded message rate limit'],
    reason: 'rate-limited',
    scope: 'address',
    sample: '450 4.2.1 Exceeded message rate limit',
    source: SOURCE,
  },
  {
    id: 'yandex/blocked-by-spam-statistics',
    provider: 'yandex',
    says: ['blocked by spam statistics'],
    reason: 'low-reputation',
    sample: '550 Blocked by spam statistics',
    source: SOURCE,
  },
  {
    id: 'yandex/under-suspicion-of-spam',
    provider: 'yandex',
    says: ['under suspicion of spam'],
    reason: 'spam-content',
    sample: '554 5.7.1 Under suspicion of spam',
    source: SOURCE,
  },
  {
    id: 'yandex/unknown-error',
    provider: 'yandex',
    status: 'x.3.0',
    says: ['unknown error'],
    reason: 'unknown',
    bucket: 'retry',
    bounceType: 'soft',
    sample: '551 5.3.0 Unknown error',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
