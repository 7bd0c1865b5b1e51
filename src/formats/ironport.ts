import { defineTextFormat } from './text-format.ts';

/** Cisco Secure Email (IronPort) without its machine-readable part: `The following message to <a@b> was undeliverable.` */
export const ironport = defineTextFormat({
  id: 'ironport',
  by: 'Cisco IronPort',
  marks: [
    { says: 'the following message to <' },
    { says: 'was undeliverable' },
    { says: 'the reason for the problem:' },
  ],
  need: 2,
  confidence: 0.83,
});
