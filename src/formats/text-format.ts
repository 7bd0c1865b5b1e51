import { readNotice } from '../extract/notice.ts';
import { readNoticeReport } from '../extract/notice-report.ts';
import { readShape, type Shape } from '../extract/shape.ts';
import { wanted, type Wanted } from '../extract/words.ts';
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
  const { id, need, confidence } = family;
  const marks = family.marks.map(prepare);
  return {
    id,
    maxConfidence: confidence,
    recognise(message) {
      const shape = readShape(message);
      if (shape.statusPart || shape.personal || !(shape.automatic || family.anySender)) return null;
      const seen = countMarks(message, shape, marks, need);
      return seen < need ? null : { confidence, why: `${seen} of ${marks.length} marks of ${family.by}` };
    },
    extract: family.extract ?? readNoticeReport,
  };
}

/** A mark with all its properties: objects of one shape are read faster. */
interface Prepared {
  readonly header: string | null;
  readonly has: string | null;
  readonly separator: string | null;
  readonly says: readonly Wanted[];
}

function prepare(mark: Mark): Prepared {
  return {
    header: 'header' in mark ? mark.header : null,
    has: 'header' in mark ? (mark.has ?? null) : null,
    separator: 'separator' in mark ? mark.separator : null,
    says: 'says' in mark ? [mark.says].flat().map(wanted) : [],
  };
}

function countMarks(message: Message, shape: Shape, marks: readonly Prepared[], need: number): number {
  let seen = 0;
  for (let at = 0; at < marks.length && seen + marks.length - at >= need; at++)
    if (isSeen(message, shape, marks[at] as Prepared)) seen++;
  return seen;
}

function isSeen(message: Message, shape: Shape, { header, has, separator, says }: Prepared): boolean {
  if (header !== null) {
    const value = shape.header(header);
    return value !== null && (has === null || value.includes(has));
  }
  const notice = readNotice(message);
  if (separator !== null) return notice.separator?.includes(separator) ?? false;
  for (const text of says) if (notice.says(text)) return true;
  return false;
}
