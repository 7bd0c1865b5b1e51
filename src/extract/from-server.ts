import type { Message } from '../mime/scan.ts';
import { readShape } from './shape.ts';

/** Sent by a mail system without a delivery-status part, and not by somebody who forwards what one sent. */
export function isFromServer(message: Message): boolean {
  const { daemon, nullSender, personal, statusPart } = readShape(message);
  const sender = daemon || nullSender || message.headers.has('x-ms-exchange-message-is-ndr');
  return sender && !personal && !statusPart;
}
