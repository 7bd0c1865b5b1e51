import { defineTextFormat } from './text-format.ts';

/** Trend Micro InterScan: the session as `Sent <<<` and `Received >>>`, or one sentence. */
export const interscan = defineTextFormat({
  id: 'interscan',
  by: 'Trend Micro InterScan',
  marks: [
    { header: 'from', has: 'interscan' },
    { header: 'content-type', has: 'interscan_nt_mime_boundary' },
    { says: 'message from interscan' },
    { says: 'sent <<<' },
    { says: 'received >>>' },
  ],
  need: 2,
  confidence: 0.84,
  anySender: true,
});
