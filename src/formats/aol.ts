import { defineTextFormat } from './text-format.ts';

/** AOL before it was Yahoo: local parts alone under one sentence with the cause. */
export const aol = defineTextFormat({
  id: 'aol',
  by: 'AOL',
  marks: [
    { header: 'from', has: '@aol.' },
    { header: 'x-aol-ip' },
    { says: 'your mail to the following recipients could not be delivered' },
  ],
  need: 2,
  confidence: 0.84,
});
