import { readNotice } from '../extract/notice.ts';
import { FAILED_FIELDS, failedInHeader, framesOf, readNoticeReport } from '../extract/notice-report.ts';
import { findOriginalPart } from '../extract/original.ts';
import { DELAYED, FAILED, readWording } from '../extract/phrases.ts';
import { readShape, type Shape } from '../extract/shape.ts';
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
  maxConfidence: 0.5,

  recognise(message: Message): Claim | null {
    const shape = readShape(message);
    if (shape.statusPart || shape.personal || !shape.automatic) return null;
    if (!shape.report && (shape.answerable || isFromScript(shape))) return null;
    if (shape.header('list-unsubscribe') !== null && !shape.daemon) return null;
    if (message.headers.fields.some((f) => FAILED_FIELDS.has(f.name) && f.value.includes('@'))) {
      return { confidence: 0.5, why: 'a header field names who failed' };
    }
    if (TO_YOU.test(shape.header('subject') ?? '') || TO_YOU.test(readNotice(message).lower)) return null;
    const { frames } = framesOf(message);
    const first = frames[0];
    if (first === undefined) {
      const told = (shape.daemon || shape.nullSender) && failedInHeader(message).length > 0;
      return told ? { confidence: 0.3, why: 'the subject names who failed' } : namesNobody(message);
    }
    const structured = STRUCTURED.has(first.binding);
    // The null sender is also that of vacation messages, and a program's mail can be anything.
    const supported = (shape.nullSender || shape.report) && (shape.subject !== 0 || first.reply !== null);
    const told = shape.nullSender && frames.length === 1 && isFailure(shape.header('subject') ?? '');
    if (!shape.daemon && !(structured ? supported : told)) return null;
    const why = `from a mail system, and a ${first.binding} binds ${frames.length} address(es) to a failure`;
    return { confidence: structured ? 0.4 : 0.3, why };
  },

  extract: readNoticeReport,
} satisfies Format;

/** Does a subject call its mail a failure? Behind a colon it can be that of another mail. */
function isFailure(subject: string): boolean {
  return (readWording(subject.split(/[:：]/, 1)[0] as string) & (FAILED | DELAYED)) !== 0;
}

/** What was stopped on its way to the reader, not what he sent: a filter's alert. */
const TO_YOU = /\b(?:mail|message|e-mail|email|attachment) (?:sent |addressed |meant )?(?:to|for) you\b/;

/** A form on a web page, or who fakes a bounce with one. */
function isFromScript(shape: Shape): boolean {
  return (
    shape.header('x-php-originating-script') !== null ||
    (shape.header('x-mailer')?.startsWith('php') ?? false)
  );
}

/** A failure without an address, with the message that is returned: still a report. */
function namesNobody(message: Message): Claim | null {
  const shape = readShape(message);
  const notice = readNotice(message);
  const failed = (notice.wording & (FAILED | DELAYED)) !== 0 || framesOf(message).unbound !== null;
  const sender = shape.daemon || (shape.nullSender && shape.subject !== 0);
  const returned = notice.returned !== null || findOriginalPart(message) !== null;
  if (!failed || !sender || !returned) return null;
  return { confidence: 0.2, why: 'from a mail system, tells a failure and returns the message' };
}
