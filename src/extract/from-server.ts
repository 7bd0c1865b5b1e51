import type { Message } from '../mime/scan.ts';
import { readShape } from './shape.ts';

/** Sent by a mail system without a delivery-status part, and not by somebody who forwards what one sent. */
export function isFromServer(message: Message): boolean {
  const shape = readShape(message);
  if (shape.statusPart || shape.personal) return false;
  return shape.daemon || shape.nullSender || shape.header('x-ms-exchange-message-is-ndr') !== null;
}
