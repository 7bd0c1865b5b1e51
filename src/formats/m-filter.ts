import { defineTextFormat } from './text-format.ts';

/** Digital Arts m-FILTER: sections behind `-------server message` and `-------SMTP command`. */
export const mFilter = defineTextFormat({
  id: 'm-filter',
  by: 'm-FILTER',
  marks: [
    { header: 'x-mailer', has: 'm-filter' },
    { says: '-------server message' },
    { says: '-------smtp command' },
  ],
  need: 2,
  confidence: 0.84,
});
