import { defineTextFormat } from './text-format.ts';

/** hMailServer: the address, then labelled lines of the session (`Remote server replied: 550 …`). */
export const hmailserver = defineTextFormat({
  id: 'hmailserver',
  by: 'hMailServer',
  marks: [
    { header: 'subject', has: 'message undeliverable' },
    { says: 'hmailserver' },
    { says: 'the following recipient(s) could not be reached' },
    { says: 'error type:' },
    { says: 'remote server replied:' },
  ],
  need: 3,
  confidence: 0.83,
});
