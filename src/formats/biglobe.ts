import { defineTextFormat } from './text-format.ts';

/** BIGLOBE: a clone of Sendmail with the cause under `----- Non-delivered information -----`. */
export const biglobe = defineTextFormat({
  id: 'biglobe',
  by: 'BIGLOBE',
  marks: [
    { header: 'from', has: 'biglobe' },
    { says: 'had delivery problems' },
    { says: 'non-delivered information' },
  ],
  need: 2,
  confidence: 0.84,
});
