import { defineTextFormat } from './text-format.ts';

/** Postfix smtpd(8) tells its postmaster of a session in which mail was lost (notify_classes): `In:` and `Out:` lines. */
export const postfixSmtpd = defineTextFormat({
  id: 'postfix-smtpd',
  by: 'Postfix smtpd',
  marks: [
    { header: 'subject', has: 'postfix smtp server: errors from' },
    { says: 'transcript of session follows' },
    { says: '\nin: ' },
  ],
  need: 2,
  confidence: 0.82,
});
