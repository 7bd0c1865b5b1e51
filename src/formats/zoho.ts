import { defineTextFormat } from './text-format.ts';

/** Zoho Mail: `a@b cause, ERROR_CODE :550, ERROR_CODE :5.1.1 text` in one line. */
export const zoho = defineTextFormat({
  id: 'zoho',
  by: 'Zoho',
  marks: [
    { header: 'x-mailer', has: 'zoho mail' },
    { header: 'from', has: '@mail.zoho' },
    { header: 'x-zohomail' },
    { says: 'error_code :' },
    { says: '[status: error, address:' },
  ],
  need: 2,
  confidence: 0.87,
});
