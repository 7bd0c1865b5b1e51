/** Words that servers write and that somebody may yet be called; as bare words they are not taken for a name. */
const NOT_NAMES =
  'a an and are as at be been but by can could did do does for from had has have he her him his if in is it its me my no ' +
  'nor not of off on or our out she so than that the their them then there these they this to too up us was we were ' +
  'what when who will with you your der die das den dem des ein eine und oder nicht ist zu von mit auf le la les un une ' +
  'et ou de du des est en el los las y o il di per che com net org mail mails email mailbox mailboxes inbox user users ' +
  'account accounts recipient recipients address addresses message messages error errors unknown host hosts server ' +
  'servers service services system systems domain domains invalid full quota space storage size limit large spam virus ' +
  'policy relay relaying blocked block list lists listed reject rejected refused denied delivery deliver delivered ' +
  'failed failure fail permanent temporary temporarily returned return sender sent send subject report status action ' +
  'data smtp esmtp lmtp dsn dns mx mta rfc found find such local remote example test news info sales support contact ' +
  'admin administrator office team help helpdesk billing orders order newsletter marketing hello service group postmaster ' +
  'mailer daemon delivery subsystem undelivered undeliverable notification auto automatic reply unavailable available ' +
  'disabled inactive access connection connect timed timeout time network name names lookup try again later please ' +
  'queue warning delayed delay expired bounce bounces bounced received receive via id';

const NOT_NAMES_SET = new Set(NOT_NAMES.split(' '));

export function isCommonWord(word: string): boolean {
  return NOT_NAMES_SET.has(word.toLowerCase());
}

/** What stands in a Received field (RFC 5321 §4.4) besides names. */
const TRACE =
  'from by with id for via helo ehlo envelope esmtp esmtps esmtpsa esmtpa smtp smtps lmtp lmtps http https utf8smtp ' +
  'microsoft server postfix exim sendmail opensmtpd courier haraka local localhost unknown using cipher bits tls version ' +
  'verify ok no yes sender authenticated mailfrom protocol spam qmail invoked uid network';

const TRACE_SET = new Set(TRACE.split(' '));

export function isTraceWord(word: string): boolean {
  return TRACE_SET.has(word.toLowerCase()) || /^tls(?:v?\d.{0,8})?$/i.test(word);
}

/** What servers put in front of the subject of the message that they write about. */
const SUBJECT_HEADS = [
  'undeliverable',
  'undelivered',
  'unzustellbar',
  'nicht zustellbar',
  'non remis',
  'non délivré',
  'no se puede entregar',
  'non recapitabile',
  'onbestelbaar',
  'delivery failure',
  'delivery failed',
  'delivery delayed',
  'rejected',
  'automatic reply',
  'automatische antwort',
  'réponse automatique',
  'respuesta automática',
  'auto',
  'autoreply',
  'auto reply',
  'out of office',
  'abwesend',
  'abwesenheit',
  'abwesenheitsnotiz',
  'read',
  'not read',
  'gelesen',
  'ungelesen',
  're',
  'aw',
  'fw',
  'fwd',
  'wg',
];

const SUBJECT_HEADS_SET = new Set(SUBJECT_HEADS);

/** Where the subject of another message starts in a subject: behind `Undeliverable: `; -1 where none does. */
export function quotedSubject(subject: string): number {
  const colon = subject.indexOf(':');
  if (colon === -1) return -1;
  return SUBJECT_HEADS_SET.has(subject.slice(0, colon).trim().toLowerCase()) ? colon + 1 : -1;
}
