import { defineTextFormat } from './text-format.ts';

/** Apache James: `Message details:` with the envelope, `Error message below:` with the reply. */
export const james = defineTextFormat({
  id: 'james',
  by: 'Apache James',
  marks: [
    { header: 'subject', has: '[bounce]' },
    { header: 'message-id', has: '.javamail.' },
    { says: 'error message below:' },
    { says: 'message details:' },
  ],
  need: 2,
  confidence: 0.82,
});
