/**
 * Drives a contender that runs in Node: `node.mjs CONTENDER LIST WARM SECONDS`. What every driver does, in whichever
 * language: loads the messages whose paths LIST names into memory, reads them all once, then again and again for WARM
 * seconds, then for the SECONDS that count, and prints one line of JSON (`Measured` in results.ts). The seconds are
 * processor time of the whole process: what else runs on the machine matters less, and a garbage collector on a
 * second core is no gift.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What a contender loads is loaded by nobody else. `named`: whether the result names a failed recipient. */
const CONTENDERS = {
  async parse() {
    const { parse } = await import('../../dist/index.js');
    return {
      read: (message) => parse(message),
      named: ({ recipients }) => recipients.some((r) => r.action === 'failed' && r.recipient !== null),
    };
  },
  async json() {
    const { parse } = await import('../../dist/index.js');
    return { read: async (message) => JSON.stringify(await parse(message)) };
  },
  async createParser() {
    const { createParser, POLICIES } = await import('../../dist/index.js');
    const parser = createParser({ policy: POLICIES.at(-1) });
    return { read: (message) => parser.parse(message) };
  },
  async simpleParser() {
    const { simpleParser } = await import('mailparser');
    return { read: (message) => simpleParser(message) };
  },
  async simpleParserPlain() {
    const { simpleParser } = await import('mailparser');
    const options = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };
    return { read: (message) => simpleParser(message, options) };
  },
  async mailsplit() {
    const { resolve } = createRequire(import.meta.url);
    const { Splitter } = createRequire(resolve('mailparser'))('@zone-eu/mailsplit');
    return {
      read: (message) =>
        new Promise((done, failed) => {
          new Splitter().on('end', done).on('error', failed).resume().end(message);
        }),
    };
  },
  /** It takes a text; its own instructions name mailparser for getting one. */
  async emailBounceParser() {
    const { simpleParser } = await import('mailparser');
    const BounceParser = createRequire(import.meta.url)('email-bounce-parser');
    return {
      read: async (message) => new BounceParser().read((await simpleParser(message)).text ?? ''),
      named: ({ bounce, data }) => bounce && Boolean(data.recipient),
    };
  },
};

const [contender, list, warm, seconds] = process.argv.slice(2);
const messages = readFileSync(list, 'utf8')
  .split('\n')
  .filter((path) => path !== '')
  .map((path) => readFileSync(path));
const { read, named } = await CONTENDERS[contender]();

let failures = 0;
async function readAll(look) {
  for (const message of messages) {
    try {
      look(await read(message));
    } catch {
      failures++;
    }
  }
}

async function readFor(limit) {
  const start = process.cpuUsage();
  let passes = 0;
  let elapsed = 0;
  for (; elapsed < limit; passes++) {
    await readAll(() => {});
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1e6;
  }
  return { messages: passes * messages.length, seconds: elapsed };
}

let count = 0;
await readAll((result) => {
  if (named?.(result)) count++;
});
const first = { failures, named: named === undefined ? null : count };
await readFor(Number(warm));
const measured = await readFor(Number(seconds));
const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
console.log(JSON.stringify({ ...measured, rssBytes: Number(peak[1]) * 1024, ...first }));
