import type { Report } from '../../index.ts';
import { cleanJson } from '../terminal.ts';
import { csvHeader, csvLines } from './csv.ts';
import { toSisimai } from './sisimai.ts';
import { tableHead, tableRows } from './table.ts';

/** How the output looks; plain data, so that a thread can be told. */
export interface View {
  readonly format: OutputFormat;
  /** Columns of the terminal, for the table. */
  readonly width: number;
  readonly colour: boolean;
}

/** What is printed: head, bodies with `between` between them, tail; or `empty` where there is no body. */
interface Layout {
  readonly head: (view: View) => string;
  /** Of one report; '' where there is nothing to print of it. */
  readonly body: (report: Report, view: View) => string;
  readonly between: string;
  readonly tail: string;
  readonly empty: string;
}

const jsonArray = (items: (report: Report) => readonly unknown[], indent?: number): Layout => ({
  head: () => '[\n',
  body: (report) =>
    items(report)
      .map((item) => cleanJson(item, indent))
      .join(',\n'),
  between: ',\n',
  tail: '\n]\n',
  empty: '[]\n',
});

const CSV_HEAD = `${csvHeader()}\r\n`;

export const LAYOUTS = {
  table: {
    head: ({ width, colour }) => `${tableHead(width, colour)}\n`,
    body: (report, { width, colour }) => `${tableRows(report, width, colour)}\n`,
    between: '',
    tail: '',
    empty: '',
  },
  ndjson: {
    head: () => '',
    body: (report) => `${cleanJson(report)}\n`,
    between: '',
    tail: '',
    empty: '',
  },
  json: jsonArray((report) => [report], 2),
  csv: {
    head: () => CSV_HEAD,
    body: (report) =>
      csvLines(report)
        .map((line) => `${line}\r\n`)
        .join(''),
    between: '',
    tail: '',
    empty: CSV_HEAD,
  },
  // One array over all messages, one object a recipient, as `sisimai` itself prints it.
  sisimai: jsonArray(toSisimai),
} as const satisfies Record<string, Layout>;

export type OutputFormat = keyof typeof LAYOUTS;
