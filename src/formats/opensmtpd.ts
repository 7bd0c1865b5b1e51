import { defineTextFormat } from './text-format.ts';

/** OpenSMTPD before 6.4 had no machine-readable part: lines `a@b: reply` under its greeting. */
export const opensmtpd = defineTextFormat({
  id: 'opensmtpd',
  by: 'OpenSMTPD',
  marks: [
    { header: 'from', has: 'mailer daemon' },
    { header: 'subject', has: 'delivery status notification: ' },
    { says: 'please do not reply to this e-mail' },
    { says: 'has occurred while attempting to deliver a message' },
    { separator: 'below is a copy of the original message' },
  ],
  need: 3,
  confidence: 0.82,
});
