import type { AutoReplyType } from '../../model/lists.ts';
import { fold } from './own-text.ts';

/**
 * What stands in front of the colon in subjects of automatic replies, by language: defaults of Exchange and
 * Outlook, RFC 5230 §4.5 (`Auto:`), mittwald, cPanel, webmail. People rename them: a subject confirms, it never
 * excludes. `auto` says that a program answers; `away`, what a person can write as well.
 */
export const SUBJECT_HEADS: readonly {
  readonly means: 'auto' | 'away' | 'acknowledgement';
  readonly says: string;
}[] = [
  // Latin script; marks are folded before the comparison
  {
    means: 'auto',
    says:
      'auto|automatic reply|automatic response|automated reply|automated response|auto reply|auto-reply|autoreply' +
      '|auto response|auto-response|autoresponse|autorespons|autoresponder|auto-responder|auto answer|automatic answer' +
      '|out of office autoreply|out of office auto-reply|out of office reply|vacation reply|vacation response' +
      '|automatische antwort|aw: automatische antwort|automatische rückantwort|autom. antwort|abwesenheitsnotiz' +
      "|réponse automatique|réponse automatique d'absence du bureau|message d'absence|réponse auto" +
      '|respuesta automática|respuesta automatica de fuera de oficina|contestación automática|auto-respuesta' +
      '|resposta automática|resposta automàtica|risposta automatica|risposta automatica di assenza' +
      '|automatisch antwoord|automatische beantwoording|afwezigheidsbericht|afwezigheidsassistent' +
      '|automatiskt svar|autosvar|automatisk svar|automatisk besvarelse|autosvar ved fravær|fraværsmelding' +
      '|fraværsbesked|frånvaromeddelande|automaattinen vastaus|poissaoloviesti|automatická odpověď|automatická odpoveď' +
      '|odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|automatikus válasz|răspuns automat' +
      '|automatski odgovor|samodejni odgovor|avtomatski odgovor|automaatvastus|automātiska atbilde|automātiskā atbilde' +
      '|automatinis atsakymas|otomatik yanıt|otomatik cevap|trả lời tự động|balasan otomatis|jawapan automatik' +
      '|sjálfvirkt svar|erantzun automatikoa|përgjigje automatike|ateb awtomatig|awtomatisk tweġiba',
  },
  // other scripts
  {
    means: 'auto',
    says:
      'автоматический ответ|автоматична відповідь|автоответ|автовідповідь|автоматичен отговор' +
      '|автоматски одговор|аутоматски одговор|автоответчик|αυτόματη απάντηση|αυτόματη απάντηση απουσίας|תשובה אוטומטית|מענה אוטומטי' +
      '|رد تلقائي|الرد التلقائي|رد آلي|پاسخ خودکار|自動応答|自動返信|自動返答|自动答复|自动回复|自動回覆|自動回應|외출 중 자동 응답' +
      '|자동 회신|자동 응답|자동회신|자동응답|부재중 자동 회신|ตอบกลับอัตโนมัติ|การตอบกลับอัตโนมัติ|स्वचालित उत्तर|ავტომატური პასუხი',
  },
  {
    means: 'away',
    says:
      'out of office|out of the office|ooo|away from my mail|away|on vacation|on holiday|on leave|vacation|vacation notice' +
      '|abwesenheit|abwesend|nicht im büro|absence|absence du bureau|absent|fuera de la oficina|fuera de oficina|ausencia' +
      '|ausente|fora do escritório|ausência temporária|ausência|fuori ufficio|assenza|afwezig|afwezigheid|frånvarande' +
      '|frånvaro|fravær|ikke til stede|ikke på kontoret|poissa|poissaolo|nieobecność|poza biurem|mimo kancelář' +
      '|nepřítomnost|neprítomnosť|házon kívül|távollét|absență|în afara biroului|odsutnost|odsotnost|van ureda|ofis dışında' +
      '|отсутствие|вне офиса|відсутність|извън офиса|απουσία|εκτός γραφείου|מחוץ למשרד|خارج المكتب|不在通知|不在|休暇' +
      '|外出|不在办公室|休假|假期|부재중|휴가',
  },
  {
    means: 'acknowledgement',
    says:
      'ticket received|request received|we received your message|we have received your email|we got your message' +
      '|acknowledgement|acknowledgment|message received|your request has been received|thank you for contacting us' +
      '|eingangsbestätigung|empfangsbestätigung|accusé de réception|acuse de recibo|conferma di ricezione|confirmação de recebimento' +
      '|ontvangstbevestiging|mottagningsbekräftelse|bekreftelse|potwierdzenie otrzymania|potvrzení přijetí|受付完了|受領確認',
  },
];

export type SubjectMeaning = (typeof SUBJECT_HEADS)[number]['means'];

const HEADS = new Map<string, SubjectMeaning>();
for (const { means, says } of SUBJECT_HEADS) for (const head of says.split('|')) HEADS.set(fold(head), means);

/** `Re:` and its kin, as mail programs of other languages write them. */
const REPLY_HEADS = new Set(
  're|aw|sv|vs|antw|odp|ynt|rif|res|r|bls|atb|ref|回复|回覆|答复|答覆|返信|답장|отв|ha|απ|vá|hv|ad'
    .split('|')
    .map(fold),
);
export const FORWARD_HEADS: ReadonlySet<string> = new Set(
  'fw|fwd|wg|tr|rv|enc|i|vl|doorst|pd|vb|vid|转发|轉寄|転送|전달|пересл|fs|továbbítás|továbbított|ilt|πρθ|tl|trs'
    .split('|')
    .map(fold),
);

/** Text in front of the first colon, folded; the whole subject where there is none. */
export function subjectHead(subject: string): string {
  const text = fold(subject.slice(0, 200)).trim();
  const colon = /[:：]/.exec(text);
  return (colon === null ? text : text.slice(0, colon.index)).trim();
}

export function isReplyHead(head: string): boolean {
  return REPLY_HEADS.has(head) || /^(?:re|aw|sv)\[\d{1,3}\]$/.test(head);
}

/** What the subject says of its message, null where nothing. `AW: Automatische Antwort: …` is a person's answer. */
export function subjectMeaning(subject: string): SubjectMeaning | null {
  const head = subjectHead(subject);
  const meaning = HEADS.get(head) ?? HEADS.get(head.replace(/[ !.…-]{1,4}$/, ''));
  if (meaning !== undefined) return meaning;
  if (isReplyHead(head) || FORWARD_HEADS.has(head)) return null;
  // `Anna Berg is out of office: Budget`, `[Automatic reply] Budget`, `Vacation auto-reply: Budget`; help desks tell
  // behind the topic, too, that they have it.
  const text = fold(subject.slice(0, 200));
  for (const [phrase, says] of INSIDE)
    if ((says === 'acknowledgement' ? text : head).includes(phrase)) return says;
  return null;
}

const INSIDE: readonly (readonly [string, SubjectMeaning])[] = [
  ...'automatic reply|auto-reply|autoreply|auto reply|autorespon|automatische antwort|reponse automatique|respuesta automatica|resposta automatica|risposta automatica|automatisk svar|automatiskt svar|automatiska atbilde|automaattinen|automatyczna odpowied|automaticka odpove|automatikus valasz|raspuns automat|автоответ|автоматический ответ|自動返信|自動応答|自动回复|自动答复|自動回覆|자동 회신'
    .split('|')
    .map((phrase) => [fold(phrase), 'auto'] as const),
  ..."can't receive replies|cannot receive replies|mailbox is not monitored|mailbox isn't monitored|unmonitored mailbox|unmonitored address|address is not monitored|wird nicht gelesen|n'est pas consulte|no es atendid|non e presidiat|wordt niet gelezen"
    .split('|')
    .map((phrase) => [fold(phrase), 'auto'] as const),
  ...'request received|received your mail|received your message|received your e|received your request|ticket received|ticket created|case received|message received|eingangsbestatigung|empfangsbestatigung|accuse de reception|acuse de recibo|ontvangstbevestiging|conferma di ricezione|votre demande a bien ete|a bien ete enregistre|a bien ete recu|avons bien recu|hemos recibido|su solicitud ha sido|solicitud recibida|recebemos a sua|recebemos sua|solicitacao recebida|abbiamo ricevuto|richiesta ricevuta|haben ihre anfrage|anfrage erhalten|anfrage ist eingegangen|nachricht ist eingegangen|aanvraag ontvangen|bericht ontvangen|otrzymalismy|zgloszenie przyjete|opened on your behalf|has been logged|request created|case created|ticket opened|ticket was created'
    .split('|')
    .map((phrase) => [fold(phrase), 'acknowledgement'] as const),
  ...'out of office|out of the office|on vacation|away from my|abwesenheit|hors du bureau|absence du bureau|fuera de la oficina|fora do escritorio|fuori ufficio'
    .split('|')
    .map((phrase) => [fold(phrase), 'away'] as const),
];

/** A ticket number as help desks put it into subjects: `[#4711]`, `[Ticket#2026112112]`, `(Case 00123)`, `##812##`. */
export function hasTicketNumber(subject: string): boolean {
  return /[[(#](?:[a-z][a-z-]{0,20}[ :#-]{0,3})?#{0,2} ?\d{3,20}[\])#]?|\b(?:ticket|case|request|incident|vorgang|anfrage|zgloszenie|demande|solicitud|caso)[ :#-]{1,4}(?:id ?|no\.? ?|nr\.? ?)?[a-z]{0,6}-?\d{3,20}/i.test(
    subject.slice(0, 200),
  );
}

export const TYPE_OF_SUBJECT = {
  auto: null,
  away: 'vacation',
  acknowledgement: 'acknowledgement',
} as const satisfies Record<SubjectMeaning, AutoReplyType | null>;
