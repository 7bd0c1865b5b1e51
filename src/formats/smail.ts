import { defineTextFormat } from './text-format.ts';

/** Smail 3: sections between `|----- … follows: -----|` lines. */
export const smail = defineTextFormat({
  id: 'smail',
  by: 'Smail 3',
  marks: [{ says: 'message log follows' }, { says: 'failed addresses follow' }],
  need: 2,
  confidence: 0.83,
});
