import { defineTextFormat } from './text-format.ts';

/** Oracle (Sun, iPlanet) Messaging Server and PMDF where the machine-readable part is lost: labelled lines for each address. */
export const messagingServer = defineTextFormat({
  id: 'messaging-server',
  by: 'Oracle Messaging Server and PMDF',
  marks: [
    { header: 'content-type', has: 'boundary_(id_' },
    { header: 'subject', has: 'delivery notification: ' },
    { says: 'this report relates to a message you sent with the following header fields' },
    { says: 'recipient address:' },
  ],
  need: 2,
  confidence: 0.82,
});
