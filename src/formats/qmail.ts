import { defineTextFormat } from './text-format.ts';

/**
 * qmail-send(8), in the format of QSBMF (D. J. Bernstein, 1996): a paragraph `<a@b>:` for each address, then the
 * message behind `--- Below this line is a copy of the message.` Clones change the greeting and keep the frame.
 */
export const qmail = defineTextFormat({
  id: 'qmail',
  by: 'qmail-send and its clones',
  marks: [
    { header: 'subject', has: 'failure notice' },
    { header: 'received', has: 'invoked for bounce' },
    { says: 'qmail-send program' },
    {
      says: [
        "i'm afraid i wasn't able to deliver your message",
        "i wasn't able to deliver your message",
        'was unable to deliver',
      ],
    },
    { says: '>:\n' },
    { says: ['remote host said:', '(#5.', '(#4.'] },
    { separator: 'below this line is a copy of the message' },
  ],
  need: 3,
  confidence: 0.8,
});
