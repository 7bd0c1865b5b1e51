import { defineTextFormat } from './text-format.ts';

/** au (ezweb.ne.jp): `<a@b>` under a cause, or a transcript under `Recipient: <a@b>`. */
export const ezweb = defineTextFormat({
  id: 'ezweb',
  by: 'au by KDDI (ezweb)',
  marks: [
    { header: 'from', has: '@ezweb.ne.jp' },
    { header: 'x-spasign' },
    { header: 'subject', has: 'mail system error - returned mail' },
    { says: 'each of the following recipients was rejected by a remote' },
  ],
  need: 2,
  confidence: 0.84,
});
