import { defineTextFormat } from './text-format.ts';

/** Courier where the machine-readable part is lost: `<a@b>:` with the transcript of the session indented below. */
export const courier = defineTextFormat({
  id: 'courier',
  by: 'Courier',
  marks: [
    { header: 'message-id', has: '<courier.' },
    { header: 'from', has: 'courier mail server' },
    { header: 'subject', has: 'notice: mail delivery status' },
    { header: 'subject', has: 'warning: delayed mail' },
    { says: 'undeliverable mail' },
    { says: 'this is a delivery status notification from' },
  ],
  need: 2,
  confidence: 0.82,
});
