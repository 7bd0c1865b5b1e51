import { countLines } from '../mime/lines.ts';
import { type Message, once } from '../mime/scan.ts';
import { PhraseTable, readWording, readWords } from './phrases.ts';
import { readableTexts } from './readable.ts';
import { holds, type Wanted } from './words.ts';

/** One line of what a person was meant to read. */
export interface NoticeLine {
  /** Without the blanks at its ends. */
  readonly text: string;
  /** Columns in front of the text; a tab reaches the next multiple of eight. */
  readonly indent: number;
  /** IMAP section number of the part. */
  readonly part: string;
  /** 1-based line in the decoded text of that part. */
  readonly line: number;
}

/** The notice of a report: its readable text, cut where the returned message starts. */
export interface Notice {
  readonly lines: readonly NoticeLine[];
  /** Lines joined by line ends, lower case: for literal marks. Made where asked for. */
  readonly lower: string;
  /** What the lines say, by phrases.ts. */
  readonly wording: number;
  /** Does a text stand in `lower`? */
  says(sought: Wanted): boolean;
  /** The line that leads in the returned message, lower case; null where its header does without. */
  readonly separator: string | null;
  /** The returned message where it stands in the text, with the line it starts on. */
  readonly returned: { readonly text: string; readonly part: string; readonly line: number } | null;
}

/** Lines with no empty one between them. */
export function paragraphsOf(lines: readonly NoticeLine[]): NoticeLine[][] {
  const paragraphs: NoticeLine[][] = [];
  let open = false;
  for (const line of lines) {
    if (line.text !== '' && open) paragraphs.at(-1)?.push(line);
    else if (line.text !== '') paragraphs.push([line]);
    open = line.text !== '';
  }
  return paragraphs;
}

/** Reads the notice once per message. What a server returned is never part of it. */
export function readNotice(message: Message): Notice {
  return once(message, cutNotice);
}

function cutNotice(message: Message): Notice {
  const { limits, warnings } = message;
  const lines: NoticeLine[] = [];
  let returned: Notice['returned'] = null;
  let separator: string | null = null;
  for (const { part, text } of readableTexts(message)) {
    const header = new HeaderRun();
    let at = 0;
    let line = 0;
    // No sentence goes on from one part into the next.
    if (lines.length > 0) lines.push({ text: '', indent: 0, part: part.path, line: 0 });
    let separated = -1; // where the text behind a separator starts
    while (at < text.length) {
      if (lines.length >= limits.noticeLines) {
        warnings.add(
          'limit-notice-lines',
          `the first ${limits.noticeLines} lines of the notice were read`,
          part.path,
        );
        break;
      }
      let end = text.indexOf('\n', at);
      if (end === -1) end = text.length;
      let stop = end;
      if (end - at > limits.lineLength) {
        const detail = `the first ${limits.lineLength} characters of a line were read`;
        warnings.add('limit-line-length', detail, part.path);
        stop = wholeWords(text, at + limits.lineLength);
      }
      const raw = text.slice(at, stop);
      line++;
      const content = withoutTime(raw.trim());
      if (content !== '' && isSeparator(content)) {
        separated = end + 1;
        separator = content.toLowerCase();
        break;
      }
      if (header.isReturnedHeader(raw, content, at, lines.length)) {
        separated = header.start;
        lines.length = header.firstLine;
        break;
      }
      lines.push({ text: content, indent: indentOf(raw), part: part.path, line });
      at = end + 1;
    }
    if (separated !== -1) {
      const start = headerStart(text, separated);
      returned = { text: text.slice(start), part: part.path, line: countLines(text, 0, start) + 1 };
      break;
    }
  }
  return new LazyNotice(lines, separator, returned);
}

/**
 * What some put in front of each line of their transcript: `Mon 2009-01-19 13:27:45: <-- 550 …` (MDaemon),
 * `Wed, 14 Aug 2019 16:20:09 +0200 <<< 550 …` (IceWarp).
 */
const SESSION_TIME = /^[[(A-Z\d][A-Za-z\d :,.+/-]{0,40}[\])]?:?$/;
const CLOCK = /\d\d:\d\d/;
/** Longer than any time. */
const TIME_LENGTH = 44;

function withoutTime(line: string): string {
  let at = -1;
  for (const direction of DIRECTIONS) if ((at = line.indexOf(direction)) !== -1) break;
  if (at < 8 || at > TIME_LENGTH) return line;
  const time = line.slice(0, at).trimEnd();
  return CLOCK.test(time) && SESSION_TIME.test(time) ? line.slice(at) : line;
}

/** Who speaks in a transcript. */
const DIRECTIONS = ['<--', '-->', '<<<', '>>>'] as const;

/** Longest address (RFC 5321 §4.5.3.1: 64 octets, `@`, 255 octets). */
const ADDRESS_LENGTH = 320;

/** The last blank in front of `end`, where what would be cut in two can be an address: half of one is another. */
function wholeWords(text: string, end: number): number {
  const blank = text.lastIndexOf(' ', end);
  return blank > end - ADDRESS_LENGTH ? blank : end;
}

/** Where the header starts behind a separator: rules, empty lines and a remark stand between. */
function headerStart(text: string, separated: number): number {
  let at = separated;
  for (let lines = 0; lines < 8 && at < text.length; lines++) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const line = text.slice(at, end);
    if (fieldName(line) !== null || line.startsWith('From ')) return at;
    at = end + 1;
  }
  return Math.min(separated, text.length);
}

class LazyNotice implements Notice {
  #lower: string | null = null;
  #words: ReturnType<typeof readWords> | null = null;
  #wording = -1;

  constructor(
    readonly lines: Notice['lines'],
    readonly separator: Notice['separator'],
    readonly returned: Notice['returned'],
  ) {}

  get lower(): string {
    return (this.#lower ??= this.lines
      .map((l) => l.text)
      .join('\n')
      .toLowerCase());
  }

  get wording(): number {
    if (this.#wording !== -1) return this.#wording;
    const spoken = withoutSubjects(this.lower);
    return (this.#wording = spoken === this.lower ? this.#read.wording : readWording(spoken));
  }

  says(sought: Wanted): boolean {
    return holds(this.lower, this.#read.words, sought);
  }

  get #read(): ReturnType<typeof readWords> {
    return (this.#words ??= readWords(this.lower));
  }
}

/** `The subject of the message is: …` (Exim), `Subject: …`: the words of the sender, not of the server. */
const SUBJECT_LINE =
  /^(?:the |your )?(?:message )?subject(?: of (?:the|your) message)?(?: is| was)? ?:[^\n]*/gm;

function withoutSubjects(lower: string): string {
  return lower.includes('subject') ? lower.replace(SUBJECT_LINE, '') : lower;
}

function indentOf(raw: string): number {
  let column = 0;
  for (let at = 0; at < raw.length; at++) {
    const c = raw.charCodeAt(at);
    if (c === 32 || c === 0xa0) column++;
    else if (c === 0x3000) column += 2;
    else if (c === 9) column += 8 - (column % 8);
    else break;
  }
  return column;
}

/**
 * What servers write between their notice and the returned message, without the rules around it. Sources: the
 * programs themselves, by the name behind each group.
 */
const SEPARATORS = [
  'below this line is a copy of the message', // qmail-send(8), Yahoo
  'below the next line is a copy of the message', // newmail.ru
  'this is a copy of the message', // Exim, all versions
  'this is a copy of your message',
  'this is a copy of the headers',
  "this is a copy of the message's headers",
  'the body of the message is',
  'unsent message follows', // Sendmail 5
  'unsent message below',
  'message header follows', // Sendmail 5 and 8
  'message headers follow', // DragonFly
  'message header',
  'message body suppressed',
  'message text follows', // smail
  'message follows',
  'original message follows', // Yahoo, IMail, DragonFly
  'original message',
  'original message below',
  'original message header',
  'original message headers', // Exchange
  'original message header follows',
  'original message as received is as follows',
  'original mail follows',
  'original headers',
  'headers of the original message follow',
  'headers of the original message',
  'the header of the original message is following', // GMX, 1&1
  'the headers of the original message are following',
  'included is a copy of the message header', // MX Logic
  'included is a copy of the message',
  'a copy of the original message follows',
  'a copy of the original message is below',
  'a copy of the message follows',
  'a copy of your message follows',
  'copy of the original message',
  'copy of original message',
  'below is a copy of the original message', // OpenSMTPD
  'below is a copy of the original headers',
  'below is a copy of your original message',
  'the original message follows',
  'the original message headers follow',
  'your original message follows',
  'your original message',
  'your message follows',
  'your message as received',
  'returned message', // Lotus SMTP MTA
  'returned message follows',
  'returned message headers',
  'returned mail',
  'returned mail follows',
  'begin returned message',
  'start of returned message',
  'begin of returned message',
  'begin original message',
  'start of original message',
  'header of the source mail attached', // JetMail
  'headers of the returned message',
  'bounced e-mail',
  'bounced message',
  'bounced message follows',
  'rejected message follows',
  'the denied message is below',
  'undelivered message',
  'undelivered message follows',
  'undelivered message headers',
  'forwarded message',
  'the message headers follow',
  'here is listed the initial part of the message', // XMail
  'here is listed the message log',
  'mensaje original adjunto',
  'mensaje original',
  'copia del mensaje original',
  'encabezados del mensaje original',
  'encabezados de mensajes originales',
  'mensagem original',
  'cabeçalhos da mensagem original',
  'message original',
  "message d'origine",
  "copie du message d'origine",
  "en-têtes de message d'origine",
  "en-têtes du message d'origine",
  'ursprüngliche nachricht',
  'originalnachricht',
  'kopie der nachricht',
  'ursprüngliche nachrichtenkopfzeilen',
  'ursprüngliche nachrichtenheader',
  'dies ist eine kopie der nachricht',
  'messaggio originale',
  'intestazioni originali del messaggio',
  'intestazioni del messaggio originale',
  'oorspronkelijk bericht',
  'oorspronkelijke berichtkoppen',
  'dit is een kopie van het bericht',
  'ursprungligt meddelande',
  'oprindelig meddelelse',
  'opprinnelig melding',
  'alkuperäinen viesti',
  'oryginalna wiadomość',
  'oryginalne nagłówki wiadomości',
  'původní zpráva',
  'eredeti üzenet',
  'mesaj original',
  'özgün ileti',
  'исходное сообщение',
  'исходные заголовки сообщения',
  'оригинал сообщения',
  'копия сообщения',
  '元のメッセージ',
  '元のメッセージ ヘッダー',
  '元のメール',
  '原始邮件',
  '原始邮件头',
  '原始郵件',
  '原始郵件標頭',
  '원본 메시지',
  '원본 메시지 머리글',
] as const;

const SEPARATOR_TABLE = new PhraseTable(SEPARATORS.map((phrase) => [phrase, 1] as const));

/** Characters of the rules that stand around a separator, blanks among them. */
function isRule(c: number): boolean {
  return (
    c <= 32 ||
    (c >= 33 && c <= 47 && c !== 39 && c !== 34) ||
    (c >= 58 && c <= 63) ||
    (c >= 91 && c <= 96) ||
    (c >= 0x7b && c <= 0x7e) ||
    c === 0x2022
  );
}

/** Is this line, without the rules around it, one that leads in the returned message? */
function isSeparator(content: string): boolean {
  let from = 0;
  while (from < content.length && isRule(content.charCodeAt(from))) from++;
  if (content.length - from > 120) return false;
  const words = content.slice(from, from + 80).toLowerCase();
  const phrase = SEPARATOR_TABLE.phraseAt(words, 0);
  if (phrase === null) return false;
  let next = phrase.length;
  if (next === words.length) return true;
  if (words[next] === ',' || words[next] === '(') return true;
  while (next < words.length && isRule(words.charCodeAt(next))) next++;
  return next === words.length;
}

/** Fields that only a message which travelled has. */
const TRANSPORT = new Set([
  'received',
  'return-path',
  'message-id',
  'mime-version',
  'dkim-signature',
  'domainkey-signature',
  'delivered-to',
  'x-received',
  'received-spf',
  'authentication-results',
]);

const COMMON = new Set([
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'reply-to',
  'sender',
  'content-type',
  'content-transfer-encoding',
  'user-agent',
  'x-mailer',
  'list-id',
  'list-unsubscribe',
  'precedence',
  'envelope-to',
]);

/**
 * Recognises, in any language, the header of a returned message: behind an empty line or a rule, fields at the left
 * margin, of which one or more only a travelled message has.
 */
class HeaderRun {
  /** Offset of the run in the text. */
  start = 0;
  /** Number of notice lines in front of it. */
  firstLine = 0;
  #open = true;
  #running = false;
  #transport = 0;
  #known = 0;

  isReturnedHeader(raw: string, content: string, at: number, lines: number): boolean {
    if (content === '') {
      this.#running = false;
      this.#open = true;
      return false;
    }
    if (this.#running && (raw[0] === ' ' || raw[0] === '\t')) return false; // folded
    const name = fieldName(raw);
    if (name === null) {
      this.#running = false;
      this.#open = content.startsWith('--') || content.startsWith('==') || content.startsWith('From ');
      if (content.startsWith('From ')) this.#begin(at, lines);
      return false;
    }
    if (!this.#running) {
      if (!this.#open) return false;
      this.#begin(at, lines);
    }
    if (TRANSPORT.has(name)) this.#transport++;
    if (TRANSPORT.has(name) || COMMON.has(name) || name.startsWith('x-')) this.#known++;
    return this.#transport >= 2 || (this.#transport === 1 && this.#known >= 3);
  }

  #begin(at: number, lines: number): void {
    this.#running = true;
    this.start = at;
    this.firstLine = lines;
    this.#transport = 0;
    this.#known = 0;
  }
}

/** `Name` of `Name: value` at the left margin, lower case. */
function fieldName(raw: string): string | null {
  const from = raw[0] === '>' ? 1 : 0; // quoted as a whole
  for (let at = from; at < raw.length && at < 60; at++) {
    const c = raw.charCodeAt(at);
    if (c === 58) return at > from ? raw.slice(from, at).toLowerCase() : null;
    const letter = (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 45 || (c >= 48 && c <= 57);
    if (!letter) return null;
  }
  return null;
}
