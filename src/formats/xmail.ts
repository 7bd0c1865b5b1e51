import { defineTextFormat } from './text-format.ts';

/** XMail: numbered sections, `[<00>] XMail bounce: Rcpt=[a@b];Error=[reply]`. */
export const xmail = defineTextFormat({
  id: 'xmail',
  by: 'XMail',
  marks: [
    { says: 'xmail bounce: rcpt=[' },
    { says: 'the reason of the delivery failure was' },
    { says: '[<01>] error sending message' },
    { separator: 'here is listed the initial part of the message' },
  ],
  need: 2,
  confidence: 0.83,
});
