import type { Extraction } from '../extract/draft.ts';
import { extractSection, readAdministratorSection } from '../extract/exchange-section.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** Exchange Server 2007 to 2019 without a delivery-status part, in any language. */
export const exchange2007 = {
  id: 'exchange-2007',

  recognise(message: Message): Claim | null {
    const section = readAdministratorSection(message);
    if (section === null || section.online || section.marks.length < 2) return null;
    return {
      confidence: 0.93,
      why: `an address above a diagnosis of Exchange, with ${section.marks.join(', ')}`,
    };
  },

  extract(message: Message): Extraction {
    const section = readAdministratorSection(message);
    return section === null ? { recipients: [] } : extractSection(message, section);
  },
} satisfies Format;
