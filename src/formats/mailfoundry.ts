import { defineTextFormat } from './text-format.ts';

/** MailFoundry: one address, `h[ip] responded with failure: reply`. */
export const mailfoundry = defineTextFormat({
  id: 'mailfoundry',
  by: 'MailFoundry',
  marks: [
    { header: 'subject', has: 'message delivery has failed' },
    { says: 'unable to deliver message to:' },
    { says: 'delivery failed for the following reason' },
    { says: 'no further delivery attempts will be made' },
  ],
  need: 3,
  confidence: 0.82,
});
