import type { Rule } from '../rule.ts';

const SOURCE = 'http://mail.i.ua/err/';

export const I_UA = [
  {
    id: 'i-ua/i-ua-err-1',
    provider: 'i.ua',
    says: ['i.ua/err/1'],
    reason: 'relay-denied',
    sample: '550 i.ua/err/1',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-2',
    provider: 'i.ua',
    says: ['i.ua/err/2'],
    reason: 'mailbox-not-found',
    sample: '550 i.ua/err/2',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-3',
    provider: 'i.ua',
    says: ['i.ua/err/3'],
    reason: 'mailbox-disabled',
    sample: '550 i.ua/err/3',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-4',
    provider: 'i.ua',
    says: ['i.ua/err/4'],
    reason: 'mailbox-full',
    sample: '550 i.ua/err/4',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-5',
    provider: 'i.ua',
    says: ['i.ua/err/5'],
    reason: 'rate-limited',
    sample: '550 i.ua/err/5',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-7',
    provider: 'i.ua',
    says: ['i.ua/err/7'],
    reason: 'ptr-missing',
    sample: '550 i.ua/err/7',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-8',
    provider: 'i.ua',
    says: ['i.ua/err/8'],
    reason: 'sender-rejected',
    sample: '550 i.ua/err/8',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-9',
    provider: 'i.ua',
    says: ['i.ua/err/9'],
    reason: 'blocklisted',
    sample: '550 i.ua/err/9',
    source: SOURCE,
  },
  {
    id: 'i-ua/i-ua-err-10',
    provider: 'i.ua',
    says: ['i.ua/err/10'],
    reason: 'recipient-restricted',
    advice: 'suppress',
    sample: '550 i.ua/err/10',
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
