import { defineTextFormat } from './text-format.ts';

/** Sendmail 5 and IDA, before MIME: a transcript, then the message behind `----- Unsent message follows -----`. */
export const sendmail5 = defineTextFormat({
  id: 'sendmail-5',
  by: 'Sendmail 5',
  marks: [{ says: 'transcript of session follows' }, { separator: 'unsent message follows' }],
  need: 2,
  confidence: 0.83,
});
