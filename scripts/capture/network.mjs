/**
 * The private network: addresses, and a name server that knows only made-up names.
 * Addresses are documentation ranges (RFC 5737) routed to the loopback device of a network namespace.
 */
import dgram from 'node:dgram';
import { execFileSync } from 'node:child_process';

export const MTA_HOST = 'mta1.lindenpost.example';
export const MTA_IP = '192.0.2.10';
export const SENDER_DOMAIN = 'lindenpost.example';
export const SINK_HOST = 'inbox.lindenpost.example';
export const SINK_IP = '203.0.113.250';
const DNS_IP = '127.0.0.53';

/** Makes every documentation address local. Call inside a network namespace of its own. */
export function bringUpLoopback() {
  const ip = (...args) => execFileSync('ip', args);
  ip('link', 'set', 'lo', 'up');
  ip('addr', 'add', `${MTA_IP}/24`, 'dev', 'lo');
  for (const net of ['198.51.100.0/24', '203.0.113.0/24']) ip('route', 'add', 'local', net, 'dev', 'lo');
}

const TYPES = { 1: 'A', 2: 'NS', 5: 'CNAME', 6: 'SOA', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA' };

const encodeName = (name) =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function encodeData(type, value) {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  if (type !== 'MX') return encodeName(value);
  const preference = Buffer.from([0, value.preference]);
  return Buffer.concat([preference, encodeName(value.exchange)]);
}

/**
 * @param {Map<string, {A?: string[], MX?: {preference: number, exchange: string}[], PTR?: string[], fail?: true}>} zone
 *   by lower-case name; `fail` answers SERVFAIL, a name that is missing NXDOMAIN
 */
export function startNameServer(zone) {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (query, peer) => {
    let at = 12;
    const labels = [];
    while (query[at] !== 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
      at += query[at] + 1;
    }
    const question = query.subarray(12, at + 5);
    const type = TYPES[query.readUInt16BE(at + 1)];
    const node = zone.get(labels.join('.').toLowerCase());
    const answers = (!node?.fail && node?.[type]) || [];
    const code = node?.fail ? 2 : node || hasChildren(zone, labels) ? 0 : 3;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    const records = answers.map((value) => {
      const data = encodeData(type, value);
      const fixed = Buffer.from([0xc0, 12, 0, query[at + 2], 0, 1, 0, 0, 0, 60, 0, data.length]);
      return Buffer.concat([fixed, data]);
    });
    socket.send(Buffer.concat([header, question, ...records]), peer.port, peer.address);
  });
  return new Promise((ready) => socket.bind(53, DNS_IP, ready));
}

function hasChildren(zone, labels) {
  const suffix = `.${labels.join('.').toLowerCase()}`;
  for (const name of zone.keys()) if (name.endsWith(suffix)) return true;
  return false;
}

/** Names of the sender's side and of every remote host. */
export function buildZone(hosts) {
  const zone = new Map();
  const reverse = (ip) => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const addHost = (name, ip) => {
    zone.set(name, { ...zone.get(name), A: [ip] });
    zone.set(reverse(ip), { PTR: [name] });
  };
  addHost('localhost', '127.0.0.1');
  addHost(MTA_HOST, MTA_IP);
  addHost(SINK_HOST, SINK_IP);
  zone.set(SENDER_DOMAIN, { MX: [{ preference: 10, exchange: SINK_HOST }] });
  for (const host of hosts) {
    if (host.dns === 'servfail') zone.set(host.domain, { fail: true });
    if (host.dns === 'null-mx') zone.set(host.domain, { MX: [{ preference: 0, exchange: '' }] });
    if (host.dns) continue;
    zone.set(host.domain, { MX: [{ preference: 10, exchange: host.host }] });
    if (!host.noAddress) addHost(host.host, host.ip);
  }
  return zone;
}

export const RESOLV_CONF = `nameserver ${DNS_IP}\noptions timeout:2 attempts:1\n`;
export const HOSTS_FILE = `127.0.0.1 localhost\n${MTA_IP} ${MTA_HOST} mta1\n`;
