import { defineTextFormat } from './text-format.ts';

/** TransWARE Active!hunter: a clone of Sendmail with `>>> a@b <a@b>` lines. */
export const activehunter = defineTextFormat({
  id: 'activehunter',
  by: 'Active!hunter',
  marks: [
    { header: 'content-type', has: 'active!hunter' },
    { header: 'x-ahmailid' },
    { header: 'subject', has: 'failure notice :' },
    { says: 'addresses had permanent fatal errors' },
  ],
  need: 2,
  confidence: 0.84,
});
