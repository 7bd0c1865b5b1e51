import { defineTextFormat } from './text-format.ts';

/** McAfee (MX Logic): a clone of Exim with `<a@b>: reply` in one line. */
export const mxlogic = defineTextFormat({
  id: 'mxlogic',
  by: 'MX Logic',
  marks: [
    { header: 'message-id', has: '<mxl~' },
    { says: 'a message that you have sent could not be delivered' },
    { separator: 'included is a copy of the message header' },
  ],
  need: 2,
  confidence: 0.86,
});
