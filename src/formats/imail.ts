import { defineTextFormat } from './text-format.ts';

/** Ipswitch IMail (SMTP32): `Unknown user: a@b`, with the reply under `… generated following response:`. */
export const imail = defineTextFormat({
  id: 'imail',
  by: 'IMail',
  marks: [
    { header: 'x-mailer', has: '<smtp32' },
    { header: 'subject', has: 'undeliverable mail' },
    {
      says: [
        'generated following response',
        'unknown user:',
        'undeliverable to',
        'undeliverable  to',
        'exceeds allowed size:',
        'invalid final delivery userid:',
      ],
    },
    { separator: 'original message follows' },
  ],
  need: 2,
  confidence: 0.83,
});
