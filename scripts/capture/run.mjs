#!/usr/bin/env node
/**
 * Captures bounce reports from real mail servers: `node scripts/capture/run.mjs [SERVER…]`, as root, on Debian.
 * Each server is installed into a directory of its own, started in a network namespace that reaches nothing,
 * fed with every scenario, and its reports are written to corpus/captured/SERVER. See README.md.
 * For a look at a few: CAPTURE_ONLY=REGEX writes to /tmp/capture-SERVER, CAPTURE_KEEP=1 keeps logs in /tmp/box-SERVER.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeCaptures } from './harvest.mjs';
import {
  bringUpLoopback,
  buildZone,
  HOSTS_FILE,
  MTA_HOST,
  MTA_IP,
  RESOLV_CONF,
  SINK_HOST,
  SINK_IP,
  startNameServer,
} from './network.mjs';
import { buildOriginal } from './originals.mjs';
import { asScenario, HOSTS, SCENARIOS } from './scenarios.mjs';
import { startRemote, startSink, startSmartHost, submit } from './smtp.mjs';
import { SERVERS } from './servers/index.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = process.env.CAPTURE_CACHE ?? '/var/cache/bouncekit-capture';
const output = join(here, '../../corpus/captured');

/** Throws away what a server writes: an overlay in memory on the installed image. */
function openBox(image) {
  const root = join(cache, 'run', String(process.pid), image);
  const scratch = `${root}.scratch`;
  for (const d of [root, scratch]) mkdirSync(d, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', scratch]);
  for (const d of ['upper', 'work']) mkdirSync(join(scratch, d));
  const layers = `lowerdir=${cache}/image/${image}:${cache}/base,upperdir=${scratch}/upper,workdir=${scratch}/work`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, root]);
  execFileSync('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  execFileSync('mount', ['--rbind', '/dev', join(root, 'dev')]);
  const box = {
    root,
    write(path, text, mode = 0o644) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { mode });
    },
    sh: (command, input = '') =>
      execFileSync('chroot', [root, 'sh', '-c', command], {
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    /** Starts a program that stays; its output goes to LOG in the box. */
    daemon(command, log = '/var/log/daemon.log') {
      const out = openSync(join(root, log), 'a');
      return spawn('chroot', [root, 'sh', '-c', `exec ${command}`], { stdio: ['ignore', out, out] });
    },
    version: (name) =>
      box
        .sh(`dpkg-query -W -f '\${Version}' ${name}`)
        .replace(/^\d+:/, '')
        .replace(/[-+].*/, ''),
  };
  box.write('etc/resolv.conf', RESOLV_CONF);
  box.write('etc/hosts', HOSTS_FILE);
  box.write('etc/mailname', `${MTA_HOST}\n`);
  box.write('etc/hostname', `${MTA_HOST}\n`);
  box.sh('useradd -m clerk || true');
  return box;
}

/** From sysexits.h: the address is unknown, and the report of that is on its way. */
const EX_NOUSER = 67;

/** `sendmail` in the box, for what the SMTP port would refuse. Resolves to the refusals. */
function handIn(box, job) {
  const args = [box.root, '/usr/sbin/sendmail', '-i', '-f', job.from, ...job.to.map((t) => t.address)];
  const child = spawn('chroot', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const errors = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(job.message.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return new Promise((resolve) => {
    child.on('close', (status) =>
      resolve(
        [0, EX_NOUSER].includes(status) ? [] : [`sendmail: ${status} ${Buffer.concat(errors).toString()}`],
      ),
    );
  });
}

async function feed(server, box, scenario, index) {
  const job = {
    ip: MTA_IP,
    ...server.submission,
    helo: 'app7.lindenpost.example',
    from: scenario.from,
    mailOptions: [
      scenario.mailOptions,
      scenario.original === 'utf8Subject' && server.eightBit !== false && 'BODY=8BITMIME',
    ]
      .filter(Boolean)
      .join(' '),
    to: scenario.to,
    message: buildOriginal({
      name: scenario.original,
      from: scenario.from,
      to: scenario.to.map((t) => t.address),
      id: `2026.${index + 4000}.lp`,
      extra: scenario.extra,
    }),
  };
  if (server.submit) return server.submit({ box, job, scenario, handIn });
  return scenario.via === 'sendmail' ? handIn(box, job) : submit(job);
}

async function capture(server) {
  bringUpLoopback();
  execFileSync('hostname', [MTA_HOST]);
  const box = openBox(server.image ?? server.id);
  const hosts = [...HOSTS, ...(server.smartHosts ?? [])];
  await startNameServer(buildZone(hosts));
  for (const host of HOSTS) if (!host.dns && !host.down) await startRemote(host);
  const can = (s) =>
    (!s.needs || server.can?.includes(s.needs)) && !server.skip?.[s.id] && (server.keep?.(s) ?? true);
  const scenarios = [
    ...(server.only ? SCENARIOS.filter((s) => server.only.includes(s.id)) : SCENARIOS.filter(can)),
    ...(server.scenarios ?? []).map((s, i) => asScenario(s, i + 500)),
  ];
  const only = process.env.CAPTURE_ONLY && new RegExp(process.env.CAPTURE_ONLY);
  if (only) scenarios.splice(0, Infinity, ...scenarios.filter((s) => only.test(s.id)));
  const mails = [];
  const take = (mail) => {
    const scenario = scenarios.find((s) => mail.to.some((t) => t.toLowerCase() === s.from.toLowerCase()));
    appendFileSync(join(box.root, 'var/log/sink.log'), `${mail.from} ${mail.to}\n`);
    mails.push({ ...mail, scenario });
  };
  await startSink(SINK_IP, SINK_HOST, take);
  for (const host of server.smartHosts ?? []) await startSmartHost(host, hosts, take);
  await server.start(box);
  await sleep((server.warmUp ?? 3) * 1000);
  const handedIn = [];
  for (const [index, scenario] of scenarios.entries()) {
    let refusals = [];
    try {
      refusals = await feed(server, box, scenario, index);
    } catch (error) {
      refusals = [error.message];
    }
    if (refusals.length > 0)
      console.log(`  ${scenario.id}: not taken: ${refusals.join(' | ').slice(0, 200)}`);
    if (refusals.length < scenario.to.length) handedIn.push(scenario);
  }
  await server.afterFeed?.(box);
  const enough = () => handedIn.every((s) => mails.some((m) => m.scenario === s));
  const until = Date.now() + server.seconds * 1000;
  while (Date.now() < until && !(enough() && !server.waitAll)) await sleep(1000);
  await sleep(3000);
  const label = server.label(box);
  const directory = only ? `/tmp/capture-${server.id}` : join(output, server.id);
  const { written, problems } = writeCaptures({ directory, server, label, scenarios: handedIn, mails });
  for (const p of problems) console.log(`  ${p}`);
  for (const m of mails.filter((x) => !x.scenario)) console.log(`  not ours: from <${m.from}> to ${m.to}`);
  console.log(`${server.id}: ${written} messages from ${label}, ${problems.length} notes`);
  if (process.env.CAPTURE_KEEP)
    execFileSync('sh', [
      '-c',
      `rm -rf /tmp/box-${server.id}; mkdir /tmp/box-${server.id}; cp -a ${box.root}/var/log /tmp/box-${server.id}/; cp -a ${box.root}/var/spool /tmp/box-${server.id}/ 2>/dev/null || true`,
    ]);
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--inside') {
  await capture(SERVERS.find((s) => s.id === rest[0]));
  process.exit(0);
}
const chosen = process.argv.length > 2 ? process.argv.slice(2) : SERVERS.map((s) => s.id);
for (const id of chosen) {
  const server = SERVERS.find((s) => s.id === id);
  if (!server) {
    console.error(`no server ${id}; there are: ${SERVERS.map((s) => s.id).join(' ')}`);
    process.exit(2);
  }
  execFileSync(join(here, 'install.sh'), [server.image ?? id, ...server.packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // Namespaces of its own for network, mounts, processes and host name: all of it ends with the capture.
  const { status } = spawnSync(
    'unshare',
    [
      '--net',
      '--mount',
      '--uts',
      '--ipc',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      process.execPath,
      fileURLToPath(import.meta.url),
      '--inside',
      id,
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = 1;
}
