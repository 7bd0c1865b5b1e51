import { defineTextFormat } from './text-format.ts';

/** A gateway that nobody has named: `* a@b` under a heading, `SMTP:RCPT host ip: reply` under `Technical details:`. */
export const technicalDetails = defineTextFormat({
  id: 'technical-details',
  by: 'a gateway with ruled sections',
  marks: [
    { header: 'from', has: 'mail delivery system' },
    { says: 'this is an automatically generated delivery status notification' },
    { says: '=====\n' },
    { says: 'technical details:' },
    { says: '\n* ' },
  ],
  need: 3,
  confidence: 0.81,
});
