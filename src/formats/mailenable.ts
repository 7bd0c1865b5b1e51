import { defineTextFormat } from './text-format.ts';

/** MailEnable: `Recipient: [SMTP:a@b]` and `Reason:` lines. */
export const mailenable = defineTextFormat({
  id: 'mailenable',
  by: 'MailEnable',
  marks: [
    { header: 'x-mailer', has: 'mailenable' },
    { says: 'mailenable' },
    { says: 'message could not be delivered to some recipients' },
    { says: 'recipient: [smtp:' },
  ],
  need: 2,
  confidence: 0.82,
});
