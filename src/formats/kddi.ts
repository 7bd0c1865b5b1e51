import { defineTextFormat } from './text-format.ts';

/** KDDI (au one net): `Your mail sent on: …` / `Could not be delivered to: <a@b>` / the cause. */
export const kddi = defineTextFormat({
  id: 'kddi',
  by: 'KDDI',
  marks: [{ says: 'your mail sent on:' }, { says: 'could not be delivered to: <' }],
  need: 2,
  confidence: 0.84,
  anySender: true,
});
