import { spawn } from 'node:child_process';
import { type Sink, SinkError } from './sink.ts';

/** EX_DATAERR of sysexits.h: the input was wrong, trying again is of no use. */
const EX_DATAERR = 65;
const TIMEOUT_MS = 5 * 60_000;

/**
 * Runs a command of the operator for each report: the report on its stdin, its key in BOUNCEKIT_KEY. Status 0 takes
 * it, 65 (EX_DATAERR) refuses it for good, any other asks for it again.
 */
export function commandSink(command: string, timeoutMs = TIMEOUT_MS): Sink {
  return {
    name: `command ${command}`,
    deliver: ({ json, key }) =>
      new Promise((resolve, reject) => {
        // stdout belongs to the reports; a group of its own, so that a timeout ends what the shell started.
        const child = spawn(command, {
          shell: true,
          detached: true,
          stdio: ['pipe', 'ignore', 'inherit'],
          env: { ...process.env, BOUNCEKIT_KEY: key },
        });
        let late = false;
        const timer = setTimeout(() => {
          late = true;
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        }, timeoutMs);
        child.on('error', (error) => {
          clearTimeout(timer);
          reject(new SinkError(`the command could not be started: ${error.message}`, { cause: error }));
        });
        child.on('close', (status, signal) => {
          clearTimeout(timer);
          if (status === 0) resolve();
          else if (late) reject(new SinkError(`the command took more than ${timeoutMs / 1000} s`));
          else {
            const what = signal === null ? `exited with status ${status}` : `was ended by ${signal}`;
            reject(new SinkError(`the command ${what}`, { permanent: status === EX_DATAERR }));
          }
        });
        // A command that does not read its input is none of our business.
        child.stdin.on('error', () => {});
        child.stdin.end(`${json}\n`);
      }),
    close: async () => {},
  };
}
