import { framesOf, readNoticeReport } from '../extract/notice-report.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** Bindings that a structure makes, and that no sentence of a person has by chance. */
const STRUCTURED = new Set(['paragraph', 'list', 'label', 'transcript']);

/**
 * A report of a server that no format knows. Two things have to come together: the mail was made by a mail system,
 * and a frame of its notice binds an address to a failure. A reply code somewhere in a text is no evidence.
 */
export const generic = {
  id: 'generic',

  recognise(message: Message): Claim | null {
    const shape = readShape(message);
    if (shape.statusPart || shape.personal || !shape.automatic) return null;
    if (shape.header('list-unsubscribe') !== null && !shape.daemon) return null;
    const failed = shape.header('x-failed-recipients');
    if (failed?.includes('@')) return { confidence: 0.5, why: 'X-Failed-Recipients names an address' };
    const { frames } = framesOf(message);
    const first = frames[0];
    if (first === undefined) return null;
    const structured = STRUCTURED.has(first.binding);
    // The null sender is also that of vacation messages, and a program's mail can be anything.
    if (
      !shape.daemon &&
      !(structured && (shape.nullSender || shape.report) && (shape.subject !== 0 || first.reply !== null))
    )
      return null;
    const why = `from a mail system, and a ${first.binding} binds ${frames.length} address(es) to a failure`;
    return { confidence: structured ? 0.4 : 0.3, why };
  },

  extract: readNoticeReport,
} satisfies Format;
