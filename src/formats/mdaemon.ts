import { defineTextFormat } from './text-format.ts';

/** MDaemon before 14.5: `> a@b` under a capital heading, and the transcript of the session. */
export const mdaemon = defineTextFormat({
  id: 'mdaemon',
  by: 'MDaemon',
  marks: [
    { header: 'x-mddsn-message' },
    { header: 'from', has: 'mdaemon@' },
    { says: 'did not receive a copy of your message' },
    { says: 'session transcript' },
    { says: 'had permanent fatal delivery errors' },
  ],
  need: 2,
  confidence: 0.82,
});
