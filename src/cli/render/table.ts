import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { Recipient, Report } from '../../model/report.ts';
import { clean } from '../terminal.ts';

type Style = Parameters<typeof styleText>[0];

const KIND_STYLE: Readonly<Record<Report['kind'], Style>> = {
  bounce: 'red',
  delay: 'yellow',
  delivery: 'green',
  'auto-reply': 'cyan',
  feedback: 'magenta',
  disposition: 'cyan',
  other: 'gray',
};

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** Columns of the same widths whatever stands in them, so that a table can be printed piece by piece. */
function table(width: number, head: string[]): Table.Table {
  const said = Math.max(20, width - 11 - 32 - 8 - 22 - 25 - 6);
  return new Table({
    head,
    colWidths: [11, 32, 8, 22, 25, said],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: NO_BORDER,
  });
}

const painter =
  (colour: boolean) =>
  (style: Style, text: string): string =>
    colour ? styleText(style, text) : text;

/** The first line of a table for a terminal of `width` columns. */
export function tableHead(width: number, colour: boolean): string {
  const paint = painter(colour);
  const names = ['KIND', 'RECIPIENT', 'STATUS', 'REASON', 'DECISION', 'WHAT THE SERVER SAID'];
  return table(
    width,
    names.map((name) => paint('bold', name)),
  ).toString();
}

/** One row a recipient; one for a message without any. */
export function tableRows(report: Report, width: number, colour: boolean): string {
  const paint = painter(colour);
  const rows = table(width, []);
  const recipients: readonly (Recipient | null)[] = report.recipients.length > 0 ? report.recipients : [null];
  for (const r of recipients) {
    const cells = [
      r === null ? (report.message.subject ?? '') : (r.recipient ?? '?'),
      r?.status ?? '',
      r?.reason ?? '',
      r?.decision.action ?? '',
      r?.diagnosticCode ?? '',
    ];
    rows.push([paint(KIND_STYLE[report.kind], report.kind), ...cells.map(clean)]);
  }
  return rows.toString();
}
