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
  // A multipart of which no part could be found is read as it stands.
  for (const part of message.leaves.length > 0 ? message.leaves : [message.root]) {
    // A part with a travelled message's header is the returned message without its type.
    if (part.isMessage || part.isHeaderOnly || (part !== message.root && part.headers.has('received'))) break;
    if (part.rendered !== null) texts.push({ part, text: part.rendered });
    else if (isText(part) && part.disposition !== 'attachment') texts.push({ part, text: part.text });
    else if (part.type.endsWith('delivery-status') && texts.length > 0) break;
    else if (holdsStatusFields(part)) texts.push({ part, text: part.text });
  }
  return texts;
}

/** text/plain, a misspelt type, and a multipart in which no part was found. */
function isText(part: Part): boolean {
  return part.type === 'text/plain' || part.type === 'text/unknown' || part.isMultipart;
}

/** Longer than the fields of any report that lost the type of its part. */
const STATUS_BYTES = 64 * 1024;
const STATUS_FIELD =
  /^\s{0,9}(?:reporting-mta|original-envelope-id|received-from-mta|arrival-date|final-recipient)[ \t]{0,9}:/i;

/** message/delivery-status that a gateway passed on as a file. */
function holdsStatusFields(part: Part): boolean {
  if (part.type !== 'application/octet-stream' || part.size > STATUS_BYTES) return false;
  return STATUS_FIELD.test(part.bytes.toString('latin1', 0, 200));
}
