import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Report } from '../../src/index.ts';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the receiver does with a request: an answer, or cutting the connection after it took the report. */
export type Behaviour = (
  request: Received,
  nth: number,
) => number | 'cut' | { status: number; headers: Record<string, string> };

/** An idempotent receiver: one report a key, whatever arrives. */
export class Receiver {
  readonly #server: Server;
  readonly requests: Received[] = [];
  readonly #keepRequests: boolean;
  /** Reports that were taken, by `Idempotency-Key`. */
  readonly taken = new Map<string, Report>();
  /** Requests for a key that was taken before. */
  repeated = 0;
  count = 0;

  private constructor(behaviour: Behaviour, keepRequests: boolean) {
    this.#keepRequests = keepRequests;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('error', () => {});
      request.on('end', () => {
        const received = { headers: request.headers, body: Buffer.concat(chunks).toString() };
        if (this.#keepRequests) this.requests.push(received);
        const answer = behaviour(received, this.count++);
        const status = answer === 'cut' ? 200 : typeof answer === 'number' ? answer : answer.status;
        if (status < 300) this.#take(received);
        if (answer === 'cut') request.socket.destroy();
        else response.writeHead(status, typeof answer === 'number' ? {} : answer.headers).end('ok');
      });
    });
  }

  static async start(behaviour: Behaviour = () => 200, keepRequests = true): Promise<Receiver> {
    const receiver = new Receiver(behaviour, keepRequests);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  #take({ headers, body }: Received): void {
    const key = String(headers['idempotency-key']);
    if (this.taken.has(key)) this.repeated++;
    else this.taken.set(key, JSON.parse(body) as Report);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/bounces`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
