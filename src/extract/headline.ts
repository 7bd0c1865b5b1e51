import type { Message } from '../mime/scan.ts';
import type { Evidence } from '../model/evidence.ts';
import { found } from './draft.ts';

/** The Subject as evidence of what a message is; the first field of the header where there is none. */
export function headlineOf(message: Message): Evidence {
  const field = message.headers.field('subject') ?? message.headers.fields[0];
  const said =
    field === undefined ? '' : `${field.name === 'subject' ? 'Subject' : field.name}: ${field.value}`;
  return found('', 'header', '0', field?.line ?? 1, said).evidence;
}
