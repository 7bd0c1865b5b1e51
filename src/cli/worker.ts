import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { Origin } from '../model/report.ts';
import { type Packed, unpack } from '../pool/batch.ts';
import type { View } from './render/layout.ts';
import { type Rendered, renderMessages } from './render/messages.ts';

/** What a thread is given. */
export interface Parcel extends Packed {
  readonly origins: readonly Origin[];
}

/** What it gives back: text as UTF-8 where it comes from another thread. */
export type RenderedParcel = Omit<Rendered, 'text'> & { readonly text: string | Uint8Array };

/** From bytes to the text that is printed, so that little is left for the thread that prints. */
export default async function renderParcel({ origins, ...packed }: Parcel): Promise<unknown> {
  const messages = unpack(packed).map((bytes, at) => ({ bytes, origin: origins[at] as Origin }));
  const { text, failures } = await renderMessages(messages, workerData as View);
  const bytes = new TextEncoder().encode(text);
  const answer: RenderedParcel = { text: bytes, failures };
  return move({ [transferableSymbol]: bytes.buffer, [valueSymbol]: answer });
}
