import { defineTextFormat } from './text-format.ts';

/** Sendmail 8 where the machine-readable part is lost: lists under ruled headings, then the transcript of the session. */
export const sendmail = defineTextFormat({
  id: 'sendmail',
  by: 'Sendmail 8',
  marks: [
    { header: 'from', has: 'mail delivery subsystem' },
    { header: 'subject', has: 'returned mail:' },
    { header: 'subject', has: 'warning: could not send message' },
    { says: 'the original message was received at' },
    { says: 'transcript of session follows' },
    { says: ['addresses had permanent fatal errors', 'addresses had transient non-fatal errors'] },
  ],
  need: 3,
  confidence: 0.8,
});
