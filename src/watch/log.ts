import { cleanJson } from '../cli/terminal.ts';

export type Level = 'info' | 'warn' | 'error';
export type Log = (level: Level, event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One JSON object a line, on stderr: time, level, event, and what belongs to the event. */
export const logToStderr: Log = (level, event, fields = {}) => {
  process.stderr.write(`${cleanJson({ time: new Date().toISOString(), level, event, ...fields })}\n`);
};
