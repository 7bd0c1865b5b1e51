import type { Rule } from '../rule.ts';

const SOURCE = 'https://service.mail.qq.com/ (help 122)';

export const QQ = [
  {
    id: 'qq/mailbox-unavailable-or-access-denied',
    provider: 'qq',
    says: ['mailbox unavailable or access denied'],
    unless: ['frozen', 'suspended', 'disabled', '不存在'],
    reason: 'rate-limited',
    scope: 'address',
    sample: '550 Mailbox unavailable or access denied',
    source: SOURCE,
  },
  {
    id: 'qq/mail-is-rejected-by-recipients',
    provider: 'qq',
    says: ['mail is rejected by recipients'],
    reason: 'recipient-restricted',
    advice: 'suppress',
    sample: '550 Mail is rejected by recipients',
    source: SOURCE,
  },
  {
    id: 'qq/spam-is-embedded-in-the-email',
    provider: 'qq',
    says: ['spam is embedded in the email'],
    reason: 'spam-content',
    sample: '550 Spam is embedded in the email',
    source: SOURCE,
  },
  {
    id: 'qq/is-a-deactivated-mailbox',
    provider: 'qq',
    says: ['is a deactivated mailbox'],
    reason: 'mailbox-disabled',
    sample: '550 Is a deactivated mailbox',
    source: SOURCE,
  },
  {
    id: 'qq/connection-denied',
    provider: 'qq',
    reply: '550',
    says: ['connection denied'],
    reason: 'low-reputation',
    sample: '550 Connection denied',
    source: SOURCE,
  },
  {
    id: 'qq/suspected-spam',
    provider: 'qq',
    reply: '550',
    says: ['suspected spam'],
    reason: 'low-reputation',
    sample: '550 Suspected spam',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
