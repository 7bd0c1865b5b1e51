import { type Message, once } from '../mime/scan.ts';
import { type Extraction, type Found, found } from './draft.ts';
import { actionOfSubject } from './exchange-subjects.ts';
import {
  type Diagnosis,
  draftOf,
  hasComponentName,
  mayHoldDiagnosis,
  readDiagnoses,
} from './exchange-tokens.ts';
import { isFromServer } from './from-server.ts';
import { labelledHost } from './named-host.ts';
import { type Notice, type NoticeLine, readNotice } from './notice.ts';
import { addReturned } from './returned.ts';

/** Servers of Exchange Online. */
const ONLINE = /\.(?:outlook\.com|exchangelabs\.com|office365\.us|partner\.outlook\.cn)$/i;

export function isOnlineHost(host: string): boolean {
  return ONLINE.test(host);
}

/** A notice with the section for administrators, in any language. */
export interface AdministratorSection {
  readonly diagnoses: readonly Diagnosis[];
  /** `Generating server:` */
  readonly generating: { readonly host: string; readonly line: NoticeLine } | null;
  /** `Receiving server:` */
  readonly receiving: { readonly host: string; readonly line: NoticeLine } | null;
  /** Marks beside the diagnosis itself. */
  readonly marks: readonly string[];
  readonly online: boolean;
}

/** Lines between the name of the server and the first diagnosis. */
const LABEL_LINES = 14;

/** Reads the section for administrators, null where the notice has none. */
export function readAdministratorSection(message: Message): AdministratorSection | null {
  return once(message, findSection);
}

function findSection(message: Message): AdministratorSection | null {
  if (!isFromServer(message)) return null;
  const notice = readNotice(message);
  if (!mayHoldDiagnosis(notice.lower)) return null;
  const diagnoses = readDiagnoses(notice.lines).filter((d) => d.form !== 'angle');
  const first = diagnoses[0];
  if (first === undefined || !diagnoses.some((d) => d.address !== null)) return null;
  const at = notice.lines.indexOf(first.line);
  let generating: AdministratorSection['generating'] = null;
  let receiving: AdministratorSection['receiving'] = null;
  for (let above = Math.max(0, at - LABEL_LINES); above < at; above++) {
    const line = notice.lines[above] as NoticeLine;
    const named = labelledHost(line.text);
    if (named === null) continue;
    if (named.remote) receiving ??= { host: named.host, line };
    else if (generating === null) generating = { host: named.host, line };
  }
  const online = generating !== null && isOnlineHost(generating.host);
  return {
    diagnoses,
    generating,
    receiving,
    online,
    marks: marksOf(message, notice, diagnoses, generating !== null),
  };
}

function marksOf(
  message: Message,
  notice: Notice,
  diagnoses: readonly Diagnosis[],
  generating: boolean,
): string[] {
  const marks: string[] = [];
  if (generating) marks.push('the server that wrote it');
  if (diagnoses.some((d) => d.form === 'hash' && d.text.endsWith('#'))) marks.push('##');
  if (diagnoses.some((d) => hasComponentName(d.text))) marks.push('a component of Exchange');
  if (notice.returned?.text.includes('with Microsoft SMTP')) marks.push('a Received field of Exchange');
  if (message.headers.fields.some((f) => f.name.startsWith('x-ms-exchange-')))
    marks.push('X-MS-Exchange fields');
  if (notice.lower.includes('<mailto:')) marks.push('addresses with mailto:');
  return marks;
}

/** What the section says, as an extraction. */
export function extractSection(message: Message, section: AdministratorSection): Extraction {
  const subject = actionOfSubject(message);
  const extraction: Extraction = { recipients: section.diagnoses.map((d) => draftOf(d, subject)) };
  const { generating, receiving } = section;
  if (generating !== null) extraction.reportingMta = fromLine(generating);
  if (receiving !== null) for (const draft of extraction.recipients) draft.remoteMta ??= fromLine(receiving);
  addReturned(extraction, message);
  return extraction;
}

function fromLine({ host, line }: { host: string; line: NoticeLine }): Found {
  return found(host, 'text', line.part, line.line, line.text);
}
