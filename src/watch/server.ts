import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cleanJson } from '../cli/terminal.ts';
import { BouncekitError } from '../index.ts';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/**
 * `/metrics` (Prometheus text) and `/health` (200 or 503, JSON), on loopback only: both tell about customers.
 * @throws BouncekitError `invalid-option` where the port is taken.
 */
export async function serveMetrics(port: number, metrics: Metrics, health: Health): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405).end();
    else if (path === '/metrics') {
      health.read();
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics.render());
    } else if (path === '/health') {
      const state = health.read();
      response
        .writeHead(state.ok ? 200 : 503, { 'content-type': 'application/json' })
        .end(`${cleanJson(state)}\n`);
    } else response.writeHead(404).end('there are /metrics and /health\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new BouncekitError('invalid-option', `--metrics: port ${port}: ${error.message}`, { cause: error }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  server.unref();
  return server;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
