import { type Notice, readNotice } from '../extract/notice.ts';
import { readNoticeReport } from '../extract/notice-report.ts';
import { readShape, type Shape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Format } from './format.ts';

/** A mark by which a server's notice is known. All literals are lower case. */
export type Mark =
  /** A header field that is there, or that holds a text. */
  | { readonly header: string; readonly has?: string }
  /** A text in the notice, at any place; one of several where languages or versions differ. */
  | { readonly says: string | readonly string[] }
  /** The line that leads in the returned message. */
  | { readonly separator: string };

/** A family of notices: who writes them, and by which marks together they are known. */
export interface TextFormat {
  readonly id: string;
  /** Who writes it, for `explain`. */
  readonly by: string;
  /** Header marks first: they cost least. */
  readonly marks: readonly Mark[];
  /** How many of the marks have to be there. */
  readonly need: number;
  /** 0 to 1. Below 0.9, for the machine-readable part of a report is surer; families that clone others are higher than those. */
  readonly confidence: number;
  /** The family also writes from addresses that look like a person's or a list's. */
  readonly anySender?: true;
  /** Where the frames of the notice are not all. */
  readonly extract?: Format['extract'];
}

/** A format whose reports have no machine-readable part: marks recognise it, the frames of its notice are read. */
export function defineTextFormat(family: TextFormat): Format {
  return {
    id: family.id,
    maxConfidence: family.confidence,
    recognise(message) {
      const shape = readShape(message);
      if (shape.statusPart || shape.personal || !(shape.automatic || family.anySender)) return null;
      const seen = countMarks(message, shape, family);
      return seen < family.need
        ? null
        : { confidence: family.confidence, why: `${seen} of ${family.marks.length} marks of ${family.by}` };
    },
    extract: family.extract ?? readNoticeReport,
  };
}

function countMarks(message: Message, shape: Shape, { marks, need }: TextFormat): number {
  let seen = 0;
  let left = marks.length;
  let notice: Notice | null = null;
  for (const mark of marks) {
    if (seen + left < need) return seen;
    left--;
    if ('header' in mark) {
      const value = shape.header(mark.header);
      if (value !== null && (mark.has === undefined || value.includes(mark.has))) seen++;
    } else if (says((notice ??= readNotice(message)), mark)) seen++;
  }
  return seen;
}

function says({ separator, lower }: Notice, mark: Exclude<Mark, { header: string }>): boolean {
  if ('separator' in mark) return separator?.includes(mark.separator) ?? false;
  return typeof mark.says === 'string'
    ? lower.includes(mark.says)
    : mark.says.some((text) => lower.includes(text));
}
