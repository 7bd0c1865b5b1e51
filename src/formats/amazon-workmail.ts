import { statusText } from './status-text.ts';
import { defineTextFormat } from './text-format.ts';

/** Amazon WorkMail: the fields of RFC 3464 in the text, under `Technical report:`. */
export const amazonWorkmail = defineTextFormat({
  id: 'amazon-workmail',
  by: 'Amazon WorkMail',
  marks: [
    { header: 'x-mailer', has: 'amazon workmail' },
    { says: 'an error occurred while trying to deliver the mail to the following recipients' },
    { says: 'technical report:' },
  ],
  need: 2,
  confidence: 0.94,
  extract: (message) => statusText.extract(message),
});
