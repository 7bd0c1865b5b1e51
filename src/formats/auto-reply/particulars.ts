import { bareAddress } from '../../extract/addresses.ts';
import { type Found, inferred } from '../../extract/draft.ts';
import { fold, lineAt, type OwnLine, type OwnText } from './own-text.ts';
import type { Hit } from './wording.ts';

/** How far behind its phrase a date or an address begins, in characters. */
const DATE_REACH = 45;
const ADDRESS_REACH = 200;

/** First letters of month names, accents folded: what parts them in the languages that write a date with its month's name. */
const MONTHS: readonly (readonly [string, number])[] = [
  ...stems(1, 'jan|ene|gen|janv|gener|styc|led|siec|yanv|янв|січ|ιαν|oca|ianu|tamm|jaan'),
  ...stems(2, 'feb|fev|fevr|febb|lut|uno|velj|фев|лют|φεβ|sub|helm|veebr|febr'),
  ...stems(3, 'mar|marz|mart|maa|brez|ozuj|мар|берез|μαρ|maal|mrt'),
  ...stems(4, 'apr|abr|avr|kwie|dub|trav|апр|квіт|απρ|nis|huht|aprill'),
  ...stems(5, 'may|mai|maj|mei|mag|kve|svib|мая|май|трав|μαι|toukok|maggio'),
  ...stems(6, 'jun|giu|juin|czerw|cerven|cervna|lipn|июн|черв|ιουν|haz|kesa|iun'),
  ...stems(7, 'jul|lug|juil|lipc|lipiec|cervenec|cervence|srp|июл|лип|ιουλ|tem|heina|iul'),
  ...stems(8, 'aug|avg|ago|aou|sierp|srpn|kolov|авг|серп|αυγ|agu|elok'),
  ...stems(9, 'sep|set|wrze|zari|rujn|сен|вер|σεπ|eyl|syys'),
  ...stems(10, 'oct|okt|ott|out|pazdz|rij|listop|окт|жовт|οκτ|eki|loka'),
  ...stems(11, 'nov|noi|listopada|studen|ноя|листоп|νοε|kas|marras'),
  ...stems(12, 'dec|dez|dic|dek|des|grud|pros|дек|груд|δεκ|ara|joulu'),
];

function stems(month: number, list: string): [string, number][] {
  return list.split('|').map((stem) => [fold(stem), month]);
}

/** The longest stem decides: `listopada` is November, `listop` October. */
function monthOf(word: string): number | null {
  let best: readonly [string, number] | null = null;
  for (const row of MONTHS)
    if (word.startsWith(row[0]) && row[0].length > (best?.[0].length ?? 0)) best = row;
  return best?.[1] ?? null;
}

const ISO = /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/;
const EAST_ASIAN = /(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일号號]/;
const DOTTED = /\b(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2})\b)?/;
const DOTTED_YEAR = /\b(\d{1,2})[.-](\d{1,2})[.-](\d{4})\b/;
const SLASHED = /\b(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?\b/;
const DAY_MONTH =
  /\b(\d{1,2})(?:st|nd|rd|th|er|º|o|\.|-?го)? (?:de |of |d')?(\p{L}{3,14})\.?,?(?: (?:de |del )?(\d{4}))?/u;
const MONTH_DAY = /(?:^|[^\p{L}])(\p{L}{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{4}))?/u;

interface Day {
  readonly index: number;
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

/** The first date in a folded text. `3/4` could be either: it is none. */
function readDay(text: string): Day | null {
  let first: Day | null = null;
  const offer = (index: number, y: string | undefined, m: number | null, d: number): void => {
    if (m === null || m < 1 || m > 12 || d < 1 || d > 31 || (first !== null && first.index <= index)) return;
    const year = y === undefined ? null : Number(y) < 100 ? 2000 + Number(y) : Number(y);
    first = { index, year, month: m, day: d };
  };
  const iso = ISO.exec(text);
  if (iso !== null) offer(iso.index, iso[1], Number(iso[2]), Number(iso[3]));
  const asian = EAST_ASIAN.exec(text);
  if (asian !== null) offer(asian.index, asian[1], Number(asian[2]), Number(asian[3]));
  const dotted = DOTTED_YEAR.exec(text) ?? DOTTED.exec(text);
  if (dotted !== null) offer(dotted.index, dotted[3], Number(dotted[2]), Number(dotted[1]));
  const slashed = SLASHED.exec(text);
  if (slashed !== null) {
    const [a, b] = [Number(slashed[1]), Number(slashed[2])];
    if (a > 12 || a === b) offer(slashed.index, slashed[3], b, a);
    else if (b > 12) offer(slashed.index, slashed[3], a, b);
  }
  const written = DAY_MONTH.exec(text);
  if (written !== null) offer(written.index, written[3], monthOf(written[2] as string), Number(written[1]));
  const american = MONTH_DAY.exec(text);
  if (american !== null)
    offer(american.index, american[3], monthOf(american[1] as string), Number(american[2]));
  return first;
}

/**
 * The day that an absence ends, or the first one back, as the text names it: `YYYY-MM-DD`. A missing year follows
 * from the date of the message (`sent`, ISO 8601): the next such day.
 */
export function readUntil(own: OwnText, hits: readonly Hit[], sent: string | null): Found | null {
  for (const hit of hits) {
    let text: string;
    // Twice as far, so that no date is cut in two.
    if (hit.means === 'until') text = own.folded.slice(hit.end, hit.end + 2 * DATE_REACH);
    else if (hit.means === 'until-before') text = own.folded.slice(Math.max(0, hit.start - 16), hit.start);
    else continue;
    const day = readDay(text);
    if (day === null || day.index >= DATE_REACH) continue;
    const year = day.year ?? yearFrom(day, sent);
    if (year === null) continue;
    const at = hit.means === 'until' ? hit.end + day.index + 1 : hit.start - 1;
    return fromLine(`${year}-${pad(day.month)}-${pad(day.day)}`, own, lineAt(own, at));
  }
  return null;
}

/** Some replies are sent for days after the absence: two weeks back are not taken for next year. */
function yearFrom(day: Day, sent: string | null): number | null {
  if (sent === null) return null;
  const [year, month, date] = [Number(sent.slice(0, 4)), Number(sent.slice(5, 7)), Number(sent.slice(8, 10))];
  const behind = (month - day.month) * 31 + date - day.day;
  if (behind > 15) return year + 1;
  return behind < -330 ? year - 1 : year;
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/**
 * The first address behind a phrase of that meaning that is none of `own` addresses: the stand-in of who is away,
 * the new address of who has moved.
 */
export function readAddressAfter(
  own: OwnText,
  hits: readonly Hit[],
  means: 'person' | 'new-address',
  known: readonly (string | null)[],
): Found | null {
  const taken = new Set(known.map((address) => address?.toLowerCase()));
  // `… にご連絡ください` stands behind its address; a new address stands behind its words.
  const behind = means === 'person' ? 80 : 0;
  for (const { address, line, start } of addressesIn(own)) {
    if (taken.has(address.toLowerCase())) continue;
    const led = hits.some(
      (h) => h.means === means && h.start - start < behind && start - h.end < ADDRESS_REACH,
    );
    if (led) return fromLine(address, own, line);
  }
  return null;
}

function addressesIn(own: OwnText): { address: string; line: OwnLine; start: number }[] {
  const found: { address: string; line: OwnLine; start: number }[] = [];
  for (const line of own.lines) {
    for (let at = line.text.indexOf('@'); at !== -1; at = line.text.indexOf('@', at + 1)) {
      let start = at;
      while (start > 0 && at - start < 64 && ATOM.test(line.text[start - 1] as string)) start--;
      let end = at + 1;
      while (end < line.text.length && end - at < 255 && HOST.test(line.text[end] as string)) end++;
      const host = line.text.slice(at + 1, end).replace(/[.-]{1,9}$/, '');
      const address = bareAddress(line.text.slice(start, at + 1) + host);
      if (address !== null && host.includes('.')) found.push({ address, line, start: line.start + start });
    }
  }
  return found;
}

const ATOM = /[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]/;
const HOST = /[\p{L}\p{N}.-]/u;

function fromLine(value: string, own: OwnText, line: OwnLine): Found {
  return inferred(value, 'text', {
    from: 'text',
    part: own.part.path,
    line: line.line,
    text: line.text.slice(0, 500),
  });
}
