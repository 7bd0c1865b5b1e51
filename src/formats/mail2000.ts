import { defineTextFormat } from './text-format.ts';

/** Openfind Mail2000: `a@b [cause]` under a ruled heading. */
export const mail2000 = defineTextFormat({
  id: 'mail2000',
  by: 'Mail2000',
  marks: [
    { header: 'from', has: 'mail deliver system' },
    { says: 'the following addresses had delivery errors' },
    { header: 'subject', has: 'warning--could not send mail for past' },
  ],
  need: 2,
  confidence: 0.82,
});
