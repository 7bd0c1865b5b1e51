import { defineTextFormat } from './text-format.ts';

/**
 * Exim: the address indented by two, what was said about it by four. Its administrators rewrite the sentences
 * (bounce_message_file), so that its header fields count as much.
 */
export const exim = defineTextFormat({
  id: 'exim',
  by: 'Exim',
  marks: [
    { header: 'x-failed-recipients' },
    { header: 'subject', has: 'mail delivery failed' },
    { header: 'auto-submitted', has: 'auto-replied' },
    { header: 'message-id', has: '<e1' },
    { says: 'created automatically by mail delivery software' },
    { says: 'a message that you sent' },
    { separator: 'this is a copy of' },
  ],
  need: 3,
  confidence: 0.8,
});
