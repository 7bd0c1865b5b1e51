import { defineTextFormat } from './text-format.ts';

/** Yahoo, its partners and their successors: the frame of qmail under sentences of their own. */
export const yahoo = defineTextFormat({
  id: 'yahoo',
  by: 'Yahoo and its partners',
  marks: [
    {
      says: [
        'unable to deliver message to the following address(es)',
        'we were unable to deliver your message to the following address',
      ],
    },
    { says: ['message from ', '[rcpt_to]', '[mail_from]', '[body]', 'remote host said'] },
    { separator: 'original message follows' },
    { header: 'from', has: '@yahoo.' },
  ],
  need: 2,
  confidence: 0.83,
});
