import { defineTextFormat } from './text-format.ts';

/** Trustwave MailMarshal: the reply first, then the addresses, then labelled lines. */
export const mailmarshal = defineTextFormat({
  id: 'mailmarshal',
  by: 'MailMarshal',
  marks: [
    { header: 'subject', has: 'undeliverable mail: "' },
    { says: 'could not be delivered because of' },
    { says: 'the following recipients were affected' },
    { says: 'sender-mta:' },
    { says: 'messagename:' },
  ],
  need: 3,
  confidence: 0.83,
});
