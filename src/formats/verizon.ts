import { defineTextFormat } from './text-format.ts';

/** Verizon Wireless (vtext.com, vzwpix.com): one cause; the recipient stands in the returned header. */
export const verizon = defineTextFormat({
  id: 'verizon',
  by: 'Verizon Wireless',
  marks: [
    { header: 'from', has: 'ndr administrator' },
    { header: 'from', has: '@vtext.com' },
    { header: 'message-id', has: 'vtext.com' },
    { says: 'could not be delivered to mobile' },
    { says: 'undeliverable message' },
  ],
  need: 2,
  confidence: 0.84,
});
