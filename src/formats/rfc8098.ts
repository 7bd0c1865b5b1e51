import { bareAddress, decodeTypedAddress, splitType } from '../extract/addresses.ts';
import { type Extraction, found } from '../extract/draft.ts';
import { fieldGroups } from '../extract/field-groups.ts';
import { messageIds } from '../extract/original.ts';
import type { Message } from '../mime/scan.ts';
import type { Disposition } from '../model/report.ts';
import type { Claim, Format } from './format.ts';

/** RFC 8098 §3, RFC 6533 §6. */
export const MDN_TYPES: ReadonlySet<string> = new Set([
  'message/disposition-notification',
  'message/global-disposition-notification',
]);
/** Message disposition notifications: RFC 8098, internationalised RFC 6533 §6. */
export const rfc8098 = {
  id: 'rfc8098',
  maxConfidence: 0.99,

  recognise(message: Message): Claim | null {
    const part = message.leaves.find((leaf) => MDN_TYPES.has(leaf.type));
    return part === undefined ? null : { confidence: 0.99, why: `a ${part.type} part` };
  },

  extract(message: Message): Extraction {
    const part = message.leaves.find((leaf) => MDN_TYPES.has(leaf.type));
    if (part === undefined) return { recipients: [] };
    const fields = [...fieldGroups(part.text, part, message.warnings)].flat();
    const field = (name: string): string | null => fields.find((f) => f.name === name)?.value || null;
    const address = (name: string): string | null => {
      const value = field(name);
      if (value === null) return null;
      const typed = splitType(value);
      return bareAddress(decodeTypedAddress(typed), true) ?? typed.value;
    };
    const line = fields.find((f) => f.name === 'disposition') ?? fields[0];
    // `action-mode/sending-mode; type[/modifier,…]`
    const [modes = '', outcome = ''] = (field('disposition') ?? '').toLowerCase().split(';', 2);
    const [mode = '', sendingMode = ''] = modes.split('/', 2);
    const [type = '', modifiers = ''] = outcome.split('/', 2);
    const disposition: Disposition = {
      type: type.trim() || null,
      mode: mode.trim() || null,
      sendingMode: sendingMode.trim() || null,
      modifiers: modifiers
        .split(',')
        .map((m) => m.trim())
        .filter((m) => m !== ''),
      finalRecipient: address('final-recipient'),
      originalRecipient: address('original-recipient'),
      originalMessageId: messageIds(field('original-message-id'))[0] ?? null,
      reportingUa: field('reporting-ua'),
      errors: fields.filter((f) => f.name === 'error' && f.value !== '').map((f) => f.value),
    };
    const at = line === undefined ? { line: 1, text: '' } : line;
    return {
      kind: found('disposition', 'disposition-notification', part.path, at.line, at.text),
      recipients: [],
      disposition: found(disposition, 'disposition-notification', part.path, at.line, at.text),
    };
  },
} satisfies Format;
