import { defineTextFormat } from './text-format.ts';

/** GMX and WEB.DE: `"a@b":` with stage, host and reply on lines of their own. */
export const gmx = defineTextFormat({
  id: 'gmx',
  by: 'GMX',
  marks: [
    { header: 'from', has: 'mailer-daemon@' },
    { says: 'created automatically by mail delivery software' },
    { says: 'smtp error from remote server' },
    { says: '":\n' },
    { separator: 'the header of the original message is following' },
  ],
  need: 3,
  confidence: 0.85,
});
