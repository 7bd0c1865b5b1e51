import { addressList } from '../extract/addresses.ts';
import { type Extraction, inferred } from '../extract/draft.ts';
import { readNoticeReport } from '../extract/notice-report.ts';
import type { Message } from '../mime/scan.ts';
import { defineTextFormat } from './text-format.ts';

/** AOL before it was Yahoo: names without domain under one sentence that holds the cause. */
export const aol = defineTextFormat({
  id: 'aol',
  by: 'AOL',
  marks: [
    { header: 'from', has: '@aol.' },
    { header: 'x-aol-ip' },
    { says: 'your mail to the following recipients could not be delivered' },
  ],
  need: 2,
  confidence: 0.84,
  extract: withOwnDomain,
});

/** A screen name is an address at the domain that the report comes from. */
function withOwnDomain(message: Message): Extraction {
  const extraction = readNoticeReport(message);
  const domain = addressList(message.headers.get('from') ?? '')[0]
    ?.split('@')[1]
    ?.toLowerCase();
  for (const draft of extraction.recipients) {
    const name = draft.finalRecipient;
    if (domain !== undefined && name && !name.value.includes('@'))
      draft.recipient = inferred(`${name.value}@${domain}`, 'text', name.evidence);
  }
  return extraction;
}
