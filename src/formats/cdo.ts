import { defineTextFormat } from './text-format.ts';

/** Gateways built on Microsoft CDO: a ruled title, then the address under one sentence. */
export const cdo = defineTextFormat({
  id: 'cdo',
  by: 'a mail gateway on Microsoft CDO',
  marks: [
    { header: 'x-mailer', has: 'microsoft cdo' },
    { says: 'non-delivery report' },
    { header: 'subject', has: 'non-delivery:' },
  ],
  need: 2,
  confidence: 0.82,
  anySender: true,
});
