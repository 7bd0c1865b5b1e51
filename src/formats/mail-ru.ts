import { defineTextFormat } from './text-format.ts';

/** mail.ru: an Exim with sentences in Russian and English, one after the other. */
export const mailRu = defineTextFormat({
  id: 'mail-ru',
  by: 'mail.ru',
  marks: [
    { header: 'from', has: '@corp.mail.ru' },
    { header: 'x-mailer-daemon-recipients' },
    { says: 'сервером mail.ru' },
    { says: 'mail failure' },
  ],
  need: 2,
  confidence: 0.87,
});
