import { defineTextFormat } from './text-format.ts';

/** mlmmj mailing lists deny a post: too large, not a subscriber, an access rule. The list is the recipient. */
export const mlmmj = defineTextFormat({
  id: 'mlmmj',
  by: 'mlmmj',
  marks: [
    { header: 'from', has: '+owner@' },
    { says: ['was unable to be delivered to the list', 'unable to be delivered to the'] },
    { says: 'mlmmj' },
    { separator: 'the denied message is below' },
  ],
  need: 2,
  confidence: 0.82,
  anySender: true,
});
