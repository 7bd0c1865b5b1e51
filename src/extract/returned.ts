import type { Message } from '../mime/scan.ts';
import type { Extraction } from './draft.ts';
import { readNotice } from './notice.ts';
import { findOriginalPart, originalFromHeaderText } from './original.ts';

/** Takes the returned header out of the notice, where no part of its own holds the returned message. */
export function addReturned(extraction: Extraction, message: Message): void {
  const { returned } = readNotice(message);
  if (returned !== null && findOriginalPart(message) === null)
    extraction.original = originalFromHeaderText(returned.text, message);
}
