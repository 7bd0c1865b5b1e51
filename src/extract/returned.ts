import type { Message } from '../mime/scan.ts';
import type { Original } from '../model/report.ts';
import type { Extraction } from './draft.ts';
import { readNotice } from './notice.ts';
import { findOriginalPart, originalFromHeaderText, readOriginal } from './original.ts';

/** The returned message, in a part of its own or in the notice. */
export function returnedOf(message: Message): Original | null {
  const part = findOriginalPart(message);
  if (part !== null) return readOriginal(part, message);
  const { returned } = readNotice(message);
  return returned === null ? null : originalFromHeaderText(returned.text, message);
}

/** Takes the returned header out of the notice, where no part of its own holds the returned message. */
export function addReturned(extraction: Extraction, message: Message): void {
  if (findOriginalPart(message) === null) extraction.original = returnedOf(message);
}
