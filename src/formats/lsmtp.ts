import { defineTextFormat } from './text-format.ts';

/** L-Soft LSMTP: `Error-for:`, `Error-Code:` and `Error-Text:` lines, made for LISTSERV. */
export const lsmtp = defineTextFormat({
  id: 'lsmtp',
  by: 'LSMTP',
  marks: [{ says: 'error-for:' }, { says: 'error-code:' }, { says: 'error-text:' }],
  need: 2,
  confidence: 0.83,
});
