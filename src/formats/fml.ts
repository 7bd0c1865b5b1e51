import { defineTextFormat } from './text-format.ts';

/** fml mailing lists refuse mail of those who are not members; the list is the recipient. */
export const fml = defineTextFormat({
  id: 'fml',
  by: 'fml',
  marks: [
    { header: 'x-mlserver', has: 'fml' },
    { header: 'message-id', has: '.fml' },
    { says: ['you are not a member of this mailing list', 'you are not member'] },
    { header: 'subject', has: 'are not member' },
  ],
  need: 2,
  confidence: 0.82,
  anySender: true,
});
