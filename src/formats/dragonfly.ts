import { defineTextFormat } from './text-format.ts';

/** dma(8): one address a report, `h [ip] did not like our RCPT TO:` and the reply below. */
export const dragonfly = defineTextFormat({
  id: 'dragonfly',
  by: 'the DragonFly Mail Agent',
  marks: [
    { says: 'dragonfly mail agent' },
    { says: 'there was an error delivering your mail to <' },
    { says: 'did not like our' },
    { separator: 'message headers follow' },
  ],
  need: 2,
  confidence: 0.82,
});
