import type { Part } from './part.ts';
import type { Message } from './scan.ts';

/** The HTML part that has to be rendered because no plain text stands beside it, null where there is none. */
export function unreadableHtml(message: Message): Part | null {
  // A machine-readable part makes the notice readable enough.
  for (const part of message.leaves) if (part.type.endsWith('delivery-status')) return null;
  let html: Part | null = null;
  for (const part of message.leaves) {
    if (part.isMessage || part.isHeaderOnly) break; // what follows is the returned message's
    if (part.type === 'text/html') html ??= part;
    else if (part.type === 'text/plain' && part.disposition !== 'attachment' && part.text.trim() !== '')
      return null;
  }
  return html;
}

/** Sets `rendered` of an HTML part to its text. mailparser is loaded when the first such part comes. */
export async function render(part: Part, { limits, warnings }: Message): Promise<void> {
  if (part.text.length > limits.htmlBytes)
    warnings.add('limit-text-bytes', `the first ${limits.htmlBytes} bytes of HTML were rendered`, part.path);
  const { simpleParser } = await import('mailparser');
  const head = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  // The cells of a table are words apart, its rows lines. Blanks that keep words together save a line from being broken.
  const html = part.text
    .slice(0, limits.htmlBytes)
    .replace(/([^<>\s]\s{0,9})?<\/t[dh]>/gi, parted)
    .replace(/<\/tr>/gi, '<br>$&')
    .replace(/<\/?pre\b|>[^<]+/gi, keeper());
  const body = Buffer.from(html, 'utf8').toString('base64');
  try {
    const mail = await simpleParser(Buffer.from(head + body.replace(/.{76}/g, '$&\r\n')), {
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
    });
    part.rendered = (mail.text ?? '').replaceAll('\u00a0', ' ');
  } catch {
    part.rendered = ''; // HTML that its renderer refuses is no text
  }
}

/** Behind the text of a cell: the next cell of its row goes on in the same line. An empty one leaves no trace. */
function parted(end: string, text: string | undefined): string {
  return text === undefined ? ` ${end}` : `${text}\u00a0${end.slice(text.length)}`;
}

/** Joins the words of each text between two tags by no-break spaces; in preformatted text line ends are what they are. */
function keeper(): (found: string) => string {
  let preformatted = false;
  return (found) => {
    if (found.startsWith('<')) preformatted = !found.startsWith('</');
    return preformatted || found.startsWith('<') ? found : keepTogether(found);
  };
}

/** A text between two tags, its words joined by no-break spaces; the blanks around it stay what they are. */
function keepTogether(text: string): string {
  const words = text.slice(1).trim();
  if (words === '') return text;
  const start = text.indexOf(words, 1);
  const end = start + words.length;
  return text.slice(0, start) + words.replace(/[ \t\r\n]+/g, '\u00a0') + text.slice(end);
}
