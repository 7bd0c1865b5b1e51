import { defineTextFormat } from './text-format.ts';

/**
 * Postfix bounce(8) where the machine-readable part is lost: `<a@b>: host h[ip] said: reply (in reply to C command)`.
 * The first sentence carries a brand as often as not.
 */
export const postfix = defineTextFormat({
  id: 'postfix',
  by: 'Postfix',
  marks: [
    { header: 'subject', has: 'undelivered mail returned to sender' },
    { header: 'subject', has: 'delayed mail (still being retried)' },
    { says: ['this is the mail system at host', 'program at host'] },
    { says: "i'm sorry to have to inform you that" },
    { says: 'delete your own text from the' },
    { says: 'your message could not be delivered for more than' },
    { says: 'the mail system' },
  ],
  need: 3,
  confidence: 0.81,
});
