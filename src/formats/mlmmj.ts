import { readNotice } from '../extract/notice.ts';
import { readNoticeReport } from '../extract/notice-report.ts';
import { findOriginalPart } from '../extract/original.ts';
import { FAILED } from '../extract/phrases.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** What is held for a moderator is neither refused nor late: words for it in the languages of mlmmj's list texts. */
const HELD = /mod[eé]rat|moderador|модерат|審査|审核|待审/;

/**
 * mlmmj mailing lists deny a post: too large, not a subscriber, an access rule. The message that comes back says
 * which of its notices this is, whatever the language; the list is the recipient.
 */
export const mlmmj = {
  id: 'mlmmj',
  maxConfidence: 0.82,

  recognise(message: Message): Claim | null {
    const shape = readShape(message);
    if (shape.statusPart || !shape.header('from')?.includes('+owner@') || findOriginalPart(message) === null)
      return null;
    const { wording, lower } = readNotice(message);
    if (!(wording & FAILED) || !lower.includes('mlmmj') || HELD.test(lower)) return null;
    return { confidence: 0.82, why: 'from a list owner, returns a message that the list denied' };
  },

  extract: readNoticeReport,
} satisfies Format;
