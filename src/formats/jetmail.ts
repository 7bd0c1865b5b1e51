import { defineTextFormat } from './text-format.ts';

/** JetMail: `account "(code), ErrMsg=text"` lines. */
export const jetmail = defineTextFormat({
  id: 'jetmail',
  by: 'JetMail',
  marks: [
    { header: 'from', has: 'jetmail' },
    { says: 'errmsg=' },
    { separator: 'header of the source mail attached' },
  ],
  need: 2,
  confidence: 0.83,
});
