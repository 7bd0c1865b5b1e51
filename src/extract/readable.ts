import type { Part } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';

/** A text that a person was meant to read. */
export interface Readable {
  readonly part: Part;
  readonly text: string;
}

/**
 * The notice of a report: the texts in front of its machine-readable part or of the returned message, HTML only
 * where no plain text stands beside it. What is returned is not searched for codes or addresses.
 */
export function readableTexts(message: Message): Readable[] {
  const texts: Readable[] = [];
  for (const part of message.leaves) {
    if (part.isMessage || part.isHeaderOnly) break;
    if (part.rendered !== null) texts.push({ part, text: part.rendered });
    else if (part.type === 'text/plain' && part.disposition !== 'attachment')
      texts.push({ part, text: part.text });
    else if (part.type.endsWith('delivery-status') && texts.length > 0) break;
  }
  return texts;
}
