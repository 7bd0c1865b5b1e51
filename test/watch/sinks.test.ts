import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, Receiver } from '../../scripts/soak/receiver.ts';
import type { Report } from '../../src/index.ts';
import { commandSink } from '../../src/watch/sinks/command.ts';
import { fileSink } from '../../src/watch/sinks/ndjson.ts';
import { type Delivery, type Sink, SinkError } from '../../src/watch/sinks/sink.ts';
import { readRetryAfter, webhookSink } from '../../src/watch/sinks/webhook.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-sinks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const delivery = (n: number): Delivery => {
  const report = { source: { path: `m${n}`, index: 0 }, recipients: [] } as unknown as Report;
  return { report, json: JSON.stringify(report), key: `k${n}` };
};

async function failure(sink: Sink, d: Delivery = delivery(1)): Promise<SinkError> {
  const error = await sink.deliver(d).then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(SinkError);
  return error as SinkError;
}

describe('the file sink', () => {
  it('appends a line a report and tells the last one', async () => {
    const path = join(folder, 'out.ndjson');
    const sink = await fileSink(path, 1_000_000);
    expect(await sink.last?.()).toBeNull();
    await sink.deliver(delivery(1));
    await sink.deliver(delivery(2));
    expect(readFileSync(path, 'utf8')).toBe(`${delivery(1).json}\n${delivery(2).json}\n`);
    await sink.close();
    const again = await fileSink(path, 1_000_000);
    expect(await again.last?.()).toBe(delivery(2).json);
    await again.close();
  });

  it('cuts off the half report of a crash, and nothing that is none of ours', async () => {
    const path = join(folder, 'out.ndjson');
    writeFileSync(path, `${delivery(1).json}\n${delivery(2).json.slice(0, -5)}`);
    const sink = await fileSink(path, 1_000_000);
    expect(await sink.last?.()).toBe(delivery(1).json);
    await sink.deliver(delivery(3));
    expect(readFileSync(path, 'utf8')).toBe(`${delivery(1).json}\n${delivery(3).json}\n`);
    await sink.close();
    writeFileSync(path, 'my diary\nwithout a last line end');
    await expect(fileSink(path, 1_000_000)).rejects.toThrow(/ends in something that is no report/);
    expect(readFileSync(path, 'utf8')).toContain('without a last line end');
  });

  it('finds a last line that is longer than what is read at once', async () => {
    const path = join(folder, 'out.ndjson');
    const long = `{"source":{"path":"${'x'.repeat(300_000)}"}}`;
    writeFileSync(path, `${delivery(1).json}\n${long}\n`);
    const sink = await fileSink(path, 1_000_000);
    expect(await sink.last?.()).toBe(long);
    await sink.close();
  });

  it('begins a new file at the bound, and leaves a file that was renamed', async () => {
    const path = join(folder, 'out.ndjson');
    const sink = await fileSink(path, 150);
    for (let n = 0; n < 6; n++) await sink.deliver(delivery(n));
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(1);
    const all = names
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(all.trim().split('\n')).toHaveLength(6);
    renameSync(path, join(folder, 'rotated'));
    await sink.deliver(delivery(7));
    expect(readFileSync(path, 'utf8')).toBe(`${delivery(7).json}\n`);
    await sink.close();
  });

  it('says what the disk says', async () => {
    await expect(fileSink(join(folder, 'no/such/out'), 1)).rejects.toThrow(/no such file or folder/);
  });
});

describe('the webhook sink', () => {
  const receivers: Receiver[] = [];
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.stop();
  });
  async function receive(behaviour?: Behaviour): Promise<Receiver> {
    const receiver = await Receiver.start(behaviour);
    receivers.push(receiver);
    return receiver;
  }

  it('signs the body so that the receiver can check it', async () => {
    const receiver = await receive();
    const secret = Buffer.from('0123456789abcdef0123');
    await webhookSink(receiver.url, `whsec_${secret.toString('base64')}`).deliver(delivery(1));
    const { headers, body } = receiver.requests[0] as (typeof receiver.requests)[0];
    expect(body).toBe(delivery(1).json);
    expect(headers).toMatchObject({
      'idempotency-key': 'k1',
      'webhook-id': 'k1',
      'content-type': 'application/json',
    });
    const timestamp = String(headers['webhook-timestamp']);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(5);
    const expected = createHmac('sha256', secret).update(`k1.${timestamp}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  });

  it.each([
    [500, false],
    [401, false],
    [404, false],
    [408, false],
    [429, false],
    [301, false],
    [400, true],
    [422, true],
  ])('an answer of %i is a failure, for good: %s', async (status, permanent) => {
    const receiver = await receive(() => status);
    const error = await failure(webhookSink(receiver.url, null));
    expect(error.permanent).toBe(permanent);
    expect(error.message).toContain(String(status));
  });

  it('hands on Retry-After, and follows no redirect', async () => {
    const receiver = await receive(() => ({ status: 503, headers: { 'retry-after': '7' } }));
    expect((await failure(webhookSink(receiver.url, null))).retryAfterMs).toBe(7_000);
    const moving = await receive(() => ({ status: 307, headers: { location: receiver.url } }));
    await failure(webhookSink(moving.url, null));
    expect(receiver.requests).toHaveLength(1);
  });

  it('names a server that is not there', async () => {
    const error = await failure(webhookSink('http://127.0.0.1:1/', null));
    expect(error.permanent).toBe(false);
    expect(error.message).toMatch(/127\.0\.0\.1/);
  });

  it.each(['ftp://x/', 'no url', 'https://user:pw@host/'])('refuses %s', (url) => {
    expect(() => webhookSink(url, null)).toThrow(/webhook/);
  });

  it('reads Retry-After', () => {
    const now = Date.parse('2026-11-02T10:00:00Z');
    expect(readRetryAfter('120', now)).toBe(120_000);
    expect(readRetryAfter('Mon, 02 Nov 2026 10:00:30 GMT', now)).toBe(30_000);
    expect(readRetryAfter('Mon, 02 Nov 2026 09:00:30 GMT', now)).toBe(0);
    expect(readRetryAfter('999999999', now)).toBe(3_600_000);
    expect(readRetryAfter('soon', now)).toBeNull();
    expect(readRetryAfter(null, now)).toBeNull();
  });
});

describe('the command sink', () => {
  it('gives the report on stdin and the key in the environment', async () => {
    const out = join(folder, 'out');
    await commandSink(`cat > ${out}; echo "$BOUNCEKIT_KEY" >> ${out}`).deliver(delivery(1));
    expect(readFileSync(out, 'utf8')).toBe(`${delivery(1).json}\nk1\n`);
  });

  it.each([
    ['exit 1', false, 'status 1'],
    ['exit 75', false, 'status 75'],
    ['exit 65', true, 'status 65'],
    ['no-such-command-at-all', false, 'status 127'],
    ['kill -9 $$', false, 'SIGKILL'],
  ])('%s', async (command, permanent, said) => {
    const error = await failure(commandSink(command));
    expect(error.permanent).toBe(permanent);
    expect(error.message).toContain(said);
  });

  it('bears a command that does not read, and ends one that hangs, with what it started', async () => {
    const big = { ...delivery(1), json: 'x'.repeat(1_000_000) };
    await commandSink('true').deliver(big);
    const mark = join(folder, 'mark');
    const error = await failure(commandSink(`(sleep 1; echo late > ${mark}) & wait`, 200));
    expect(error.message).toContain('took more than');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(readdirSync(folder)).not.toContain('mark');
  });
});
