import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between client and server, to cut their connections or to let them die silently. */
export class Proxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #silent = false;
  #limit = Number.POSITIVE_INFINITY;

  private constructor(target: number) {
    this.#server = createServer((client) => {
      const server = connect(target, '127.0.0.1');
      this.#pass(client, server);
      this.#pass(server, client);
    });
  }

  static async start(target: number): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    let passed = 0;
    from.on('data', (data) => {
      passed += data.length;
      if (passed > this.#limit) from.destroy();
      else if (!this.#silent) to.write(data);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      if (!this.#silent) to.destroy();
    });
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections made from now on are cut after so many bytes in one direction. */
  cutAfter(bytes: number): void {
    this.#limit = bytes;
  }

  /** Nothing passes any more, and nobody is told. New connections are the same. */
  silence(on: boolean): void {
    this.#silent = on;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
