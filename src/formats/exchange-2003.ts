import { type Extraction, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import {
  extractBlocks,
  joinLines,
  type RecipientBlock,
  readRecipientBlocks,
} from '../extract/exchange-blocks.ts';
import { isFromServer } from '../extract/from-server.ts';
import { type Diagnosis, draftOf, readDiagnoses } from '../extract/exchange-tokens.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

function blocksOf(message: Message): RecipientBlock[] {
  return readRecipientBlocks(readNotice(message).lines);
}

/** `550 5.1.1 …` alone on a line under the recipient, as Outlook itself writes it. */
function replyLine(lines: readonly NoticeLine[]): NoticeLine | null {
  return lines.find((line) => /^[245]\d\d[ -]/.test(line.text)) ?? null;
}

/** `<server.example.com #5.1.1 smtp;550 5.1.1 …>` under the recipient. */
function diagnosisOf(lines: readonly NoticeLine[]): Diagnosis | null {
  return readDiagnoses(lines).find((d) => d.form === 'angle') ?? null;
}

function readLines(draft: RecipientDraft, lines: readonly NoticeLine[]): void {
  const diagnosis = diagnosisOf(lines);
  const own = diagnosis === null ? {} : draftOf(diagnosis, null);
  if (own.status) draft.status = own.status;
  if (own.diagnosticCode) {
    draft.diagnosticCode = own.diagnosticCode;
    return;
  }
  const reply = diagnosis === null ? replyLine(lines) : null;
  if (reply !== null) {
    const said = joinLines(lines.slice(lines.indexOf(reply)));
    if (said !== null) draft.diagnosticCode = found(said.text, 'text', reply.part, reply.line, said.text);
    return;
  }
  // Where the server says no more than its code, the sentence above it is all that is told of the cause.
  const at = diagnosis === null ? lines.length : lines.indexOf(diagnosis.line);
  const explanation = joinLines(lines.slice(0, at));
  if (explanation !== null)
    draft.diagnosticCode = found(
      explanation.text,
      'text',
      explanation.line.part,
      explanation.line.line,
      explanation.text,
    );
}

/** Exchange 2000 and 2003 without a delivery-status part, in any language. */
export const exchange2003 = {
  id: 'exchange-2003',
  maxConfidence: 0.93,

  recognise(message: Message): Claim | null {
    if (!isFromServer(message)) return null;
    const blocks = blocksOf(message);
    if (blocks.some((block) => diagnosisOf(block.lines) !== null))
      return { confidence: 0.93, why: 'a recipient with a time, and under it <server #status>' };
    if (blocks.some((block) => block.address !== null && replyLine(block.lines) !== null))
      return { confidence: 0.85, why: 'a recipient with a time, and under it a reply' };
    return null;
  },

  extract(message: Message): Extraction {
    const blocks = blocksOf(message);
    const extraction = extractBlocks(message, blocks, readLines);
    for (const block of blocks) {
      const diagnosis = diagnosisOf(block.lines);
      if (diagnosis?.server) {
        const { line, server } = diagnosis;
        extraction.reportingMta = inferred(
          server,
          'text',
          found(server, 'text', line.part, line.line, line.text).evidence,
        );
        break;
      }
    }
    return extraction;
  },
} satisfies Format;
