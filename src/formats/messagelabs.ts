import { defineTextFormat } from './text-format.ts';

/** Symantec Email Security.cloud (MessageLabs): the frame of qmail under sentences of its own. */
export const messagelabs = defineTextFormat({
  id: 'messagelabs',
  by: 'Symantec Email Security.cloud',
  marks: [
    { says: 'this is the mail delivery agent at' },
    {
      says: [
        'unable to deliver your message to the following addresses',
        'not able to deliver your message to the following addresses',
      ],
    },
    { says: 'the message subject was:' },
  ],
  need: 2,
  confidence: 0.83,
});
