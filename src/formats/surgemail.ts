import { defineTextFormat } from './text-format.ts';

/** NetWin SurgeMail: `SMTP Server <h> rejected recipient <a@b> (Error following RCPT command). It responded as follows: [reply]`. */
export const surgemail = defineTextFormat({
  id: 'surgemail',
  by: 'SurgeMail',
  marks: [
    { says: 'we had trouble delivering your message' },
    { says: 'error(s):' },
    { says: 'it responded as follows: [' },
  ],
  need: 2,
  confidence: 0.83,
});
