import type { Message } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';
import { DELAYED, FAILED, readWording } from './phrases.ts';

/**
 * What Exchange writes in front of the subject of the returned message where nothing failed, by the languages of the
 * server. `Relayed:` tells of a server that sends no reports of its own (RFC 3464 §2.3.3).
 */
const PREFIXES = [
  ['relayed', 'relayed'],
  ['relayed', 'weitergeleitet'],
  ['relayed', 'relayé'],
  ['relayed', 'retransmitido'],
  ['relayed', 'retransmitida'],
  ['relayed', 'inoltrato'],
  ['relayed', 'doorgestuurd'],
  ['relayed', 'vidarebefordrat'],
  ['relayed', 'videresendt'],
  ['relayed', 'välitetty'],
  ['relayed', 'przekazano'],
  ['relayed', 'předáno'],
  ['relayed', 'ретранслировано'],
  ['relayed', '中継されました'],
  ['relayed', '已中继'],
  ['relayed', '已轉送'],
  ['relayed', '릴레이됨'],
  ['delivered', 'delivered'],
  ['delivered', 'zugestellt'],
  ['delivered', 'übermittelt'],
  ['delivered', 'remis'],
  ['delivered', 'entregado'],
  ['delivered', 'entregue'],
  ['delivered', 'recapitato'],
  ['delivered', 'bezorgd'],
  ['delivered', 'levererat'],
  ['delivered', 'leveret'],
  ['delivered', 'levert'],
  ['delivered', 'toimitettu'],
  ['delivered', 'dostarczono'],
  ['delivered', 'doručeno'],
  ['delivered', 'kézbesítve'],
  ['delivered', 'доставлено'],
  ['delivered', 'teslim edildi'],
  ['delivered', '配信済み'],
  ['delivered', '已送达'],
  ['delivered', '已傳遞'],
  ['delivered', '배달됨'],
  ['expanded', 'expanded'],
  ['expanded', 'erweitert'],
  ['expanded', 'développé'],
  ['expanded', 'expandido'],
  ['expanded', 'espanso'],
  ['expanded', 'uitgevouwen'],
  ['expanded', 'expanderat'],
  ['expanded', 'развернуто'],
  ['expanded', '展開済み'],
] as const satisfies readonly (readonly [Action, string])[];

/** What the words in front of the subject of the returned message say was done, null where they say nothing. */
export function actionOfSubject(message: Message): Action | null {
  const subject = message.headers.text('subject') ?? '';
  const colon = /[:：]/.exec(subject)?.index ?? -1;
  if (colon === -1 || colon > 60) return null;
  const words = subject.slice(0, colon).trim();
  const lower = words.toLowerCase();
  const done = PREFIXES.find(([, prefix]) => prefix === lower)?.[0];
  if (done !== undefined) return done;
  const wording = readWording(words);
  if (wording & DELAYED) return 'delayed';
  return wording & FAILED ? 'failed' : null;
}
