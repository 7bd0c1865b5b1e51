import { addressList } from '../extract/addresses.ts';
import { type Extraction, found, inferred } from '../extract/draft.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { addReturned } from '../extract/returned.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

const HELP = 'groups.google.com/';

/** The group in parentheses, as the notice names it in every language: `(libnews)`. */
function nameIn(text: string, groups: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return groups.some((group) => {
    const local = group.slice(0, group.lastIndexOf('@')).toLowerCase();
    return ['()', '（）'].some(([open, close]) => lower.includes(`${open}${local}${close}`));
  });
}

function groupsOf(message: Message): string[] {
  return addressList(message.headers.get('x-failed-recipients') ?? '');
}

/** From the sentence that names the group to the one with the help page: which causes are possible. */
function explanationOf(message: Message): readonly NoticeLine[] {
  const groups = groupsOf(message);
  const { lines, lower } = readNotice(message);
  if (groups.length === 0 || !lower.includes(HELP)) return [];
  const from = lines.findIndex((line) => nameIn(line.text, groups));
  const to = lines.findLastIndex((line) => line.text.toLowerCase().includes(HELP));
  return from === -1 || to < from ? [] : lines.slice(from, to + 1).filter((line) => line.text !== '');
}

/**
 * Google Groups, to somebody who wrote to a group that does not exist, or that takes no mail from him; it does not
 * say which. No reply and no code; in the language of the sender, but for the header, the name of the group and the
 * address of the help pages.
 */
export const googleGroups = {
  id: 'google-groups',
  maxConfidence: 0.95,

  recognise(message: Message): Claim | null {
    const { daemon, personal, statusPart } = readShape(message);
    if (!daemon || personal || statusPart) return null;
    if (explanationOf(message).length === 0) return null;
    return {
      confidence: 0.95,
      why: 'X-Failed-Recipients names the group in parentheses, with the help pages of Google Groups',
    };
  },

  extract(message: Message): Extraction {
    const lines = explanationOf(message);
    const field = message.headers.field('x-failed-recipients');
    const first = lines[0];
    const extraction: Extraction = { recipients: [] };
    if (field === null || first === undefined) return extraction;
    const said = lines.map((line) => line.text).join(' ');
    for (const group of groupsOf(message)) {
      const recipient = found(group, 'header', '0', field.line, `X-Failed-Recipients: ${field.value}`);
      extraction.recipients.push({
        finalRecipient: recipient,
        action: inferred('failed', 'header', recipient.evidence),
        diagnosticCode: found(said, 'text', first.part, first.line, first.text),
      });
    }
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;
