import { defineTextFormat } from './text-format.ts';

/** 1&1: the addresses, then `For the following reason:`. */
export const kundenserver = defineTextFormat({
  id: 'kundenserver',
  by: '1&1 (kundenserver)',
  marks: [
    { header: 'from', has: 'kundenserver' },
    { says: 'created automatically by mail delivery software' },
    { says: ['the following address failed', 'the following addresses failed'] },
    { says: 'for the following reason:' },
    { separator: 'the header of the original message is following' },
  ],
  need: 3,
  confidence: 0.86,
});
