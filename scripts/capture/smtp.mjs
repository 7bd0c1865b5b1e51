/** The three SMTP speakers around the server under test: scripted remote hosts, the sink, and the client. */
import net from 'node:net';
import tls from 'node:tls';

/** A reply as it goes over the wire: every line repeats the code and the enhanced code. */
export function formatReply({ code, enhanced, text, charset = 'utf8' }, { rcpt = '', host = '' }) {
  const lines = text.map((line, i) => {
    const separator = i === text.length - 1 ? ' ' : '-';
    return `${code}${separator}${enhanced ? `${enhanced} ` : ''}${line.replaceAll('{rcpt}', rcpt).replaceAll('{host}', host)}\r\n`;
  });
  return Buffer.from(lines.join(''), charset);
}

/** Calls `onLine` per command line, or with the whole message while `session.inData`. */
function readLines(socket, session, onLine, onMessage) {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      if (session.inData) {
        const atStart = pending.indexOf('.\r\n') === 0;
        const end = atStart ? 0 : pending.indexOf('\r\n.\r\n');
        if (end < 0) return;
        const message = pending.subarray(0, atStart ? 0 : end + 2);
        pending = pending.subarray(atStart ? 3 : end + 5);
        session.inData = false;
        onMessage(message);
        continue;
      }
      const end = pending.indexOf('\n');
      if (end < 0) return;
      const line = pending.toString('utf8', 0, end).replace(/\r$/, '');
      pending = pending.subarray(end + 1);
      onLine(line);
    }
  });
  socket.on('error', () => socket.destroy());
}

const EXTENSIONS = ['PIPELINING', 'SIZE 20971520', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const addressOf = (line) => /<([^>]*)>/.exec(line)?.[1] ?? '';
const undot = (message) => Buffer.from(message.toString('latin1').replace(/^\.\./gm, '.'), 'latin1');

/**
 * A host that plays one row: it refuses at `stage` with `reply`, or breaks the connection there.
 * `rcpt` gives single mailboxes a reply of their own.
 */
export function startRemote(host) {
  const server = net.createServer((socket) => {
    const session = { inData: false, accepted: 0, rcpt: '', host: host.host };
    const refuses = (stage) => host.stage === stage && host.reply;
    const breaks = (stage) => {
      if (host.stage === `drop-${stage}`) socket.destroy();
      return host.stage === `drop-${stage}` || host.stage === `silent-${stage}`;
    };
    const say = (text) => {
      if (!socket.writable || session.closing) return;
      socket.write(text);
      // RFC 5321 §3.8: 421 is the last word. The moment lets the client read it before the connection is gone.
      session.closing = String(text).startsWith('421');
      if (session.closing) setTimeout(() => socket.end(), 300);
    };
    const answer = (stage, ok, then = () => {}) => {
      if (breaks(stage)) return;
      if (refuses(stage)) return say(formatReply(host.reply, session));
      say(ok);
      then();
    };
    const commands = {
      EHLO() {
        const extensions = [...EXTENSIONS, ...(host.extensions ?? [])].filter(
          (e) => !host.without?.includes(e),
        );
        const lines = [host.host, ...extensions];
        answer('ehlo', lines.map((l, i) => `250${i === lines.length - 1 ? ' ' : '-'}${l}\r\n`).join(''));
      },
      HELO: () => answer('ehlo', `250 ${host.host}\r\n`),
      STARTTLS: () => answer('starttls', '220 2.0.0 Ready to start TLS\r\n'),
      MAIL() {
        session.accepted = 0;
        answer('mail', '250 2.1.0 Sender ok\r\n');
      },
      RCPT(line) {
        session.rcpt = addressOf(line);
        const reply = host.rcpt?.[session.rcpt.split('@')[0]];
        if (reply) return say(formatReply(reply, session));
        answer('rcpt', '250 2.1.5 Recipient ok\r\n', () => session.accepted++);
      },
      DATA() {
        if (session.accepted === 0) return say('503 5.5.1 Need RCPT first\r\n');
        answer('data', '354 Go ahead\r\n', () => {
          session.inData = true;
        });
      },
      RSET: () => say('250 2.0.0 Reset\r\n'),
      NOOP: () => say('250 2.0.0 Ok\r\n'),
      QUIT() {
        say('221 2.0.0 Bye\r\n');
        socket.end();
      },
    };
    readLines(
      socket,
      session,
      (line) => {
        const command = commands[line.slice(0, 8).split(' ')[0].toUpperCase()];
        if (command) command(line);
        else say('502 5.5.1 Command not known\r\n');
        if (!session.closing && refuses('connect') && !line.toUpperCase().startsWith('QUIT')) socket.end();
      },
      () => answer('eod', '250 2.0.0 Queued\r\n'),
    );
    answer('connect', `220 ${host.host} ESMTP\r\n`);
  });
  return new Promise((ready) => server.listen(host.port ?? 25, host.ip, ready));
}

/**
 * Takes mail over SMTP. `onMail({from, to, raw})`, raw as it came, undotted.
 * `refuse(stage, address)` may give a reply for `rcpt` and `eod`.
 */
function takeMail(ip, hostName, onMail, refuse = () => undefined) {
  const server = net.createServer((socket) => {
    const session = { inData: false };
    let mail = { from: null, to: [] };
    const say = (text) => socket.writable && socket.write(text);
    const commands = {
      EHLO: () =>
        say([`250-${hostName}`, ...EXTENSIONS.map((e) => `250-${e}`), '250 SMTPUTF8\r\n'].join('\r\n')),
      MAIL(line) {
        mail = { from: addressOf(line), to: [] };
        say('250 2.1.0 Sender ok\r\n');
      },
      RCPT(line) {
        const rcpt = addressOf(line);
        const reply = refuse('rcpt', rcpt);
        if (reply) return say(formatReply(reply, { rcpt, host: hostName }));
        mail.to.push(rcpt);
        say('250 2.1.5 Recipient ok\r\n');
      },
      DATA() {
        if (mail.to.length === 0) return say('503 5.5.1 Need RCPT first\r\n');
        session.inData = true;
        say('354 Go ahead\r\n');
      },
      QUIT() {
        say('221 2.0.0 Bye\r\n');
        socket.end();
      },
    };
    say(`220 ${hostName} ESMTP\r\n`);
    readLines(
      socket,
      session,
      (line) => {
        const command = commands[line.slice(0, 4).toUpperCase()];
        if (command) command(line);
        else say('250 2.0.0 Ok\r\n');
      },
      (message) => {
        const rcpt = mail.to.find((to) => refuse('eod', to));
        if (rcpt) return say(formatReply(refuse('eod', rcpt), { rcpt, host: hostName }));
        onMail({ ...mail, raw: undot(message) });
        say('250 2.0.0 Taken\r\n');
      },
    );
  });
  return new Promise((ready) => server.listen(25, ip, ready));
}

/** Takes every message for the sender's domain. */
export const startSink = (ip, hostName, onMail) => takeMail(ip, hostName, onMail);

/** A relay that all mail goes through: it answers as the remote host of the recipient would. */
export function startSmartHost({ ip, host }, hosts, onMail) {
  const rowOf = (address) => hosts.find((h) => address.toLowerCase().endsWith(`@${h.domain}`));
  return takeMail(ip, host, onMail, (stage, address) => {
    const row = rowOf(address);
    return (
      (stage === 'rcpt' && row?.rcpt?.[address.split('@')[0]]) ||
      (row?.stage === stage ? row.reply : undefined)
    );
  });
}

/**
 * Hands one message in. Resolves to the list of refusals: empty when all was taken. With `login` it goes over TLS.
 * @param {{ip: string, port?: number, helo: string, from: string, mailOptions?: string, lmtp?: boolean,
 *   to: {address: string, options?: string}[], message: Buffer, login?: {user: string, password: string}}} job
 */
export async function submit(job) {
  const dotted = Buffer.from(job.message.toString('latin1').replace(/^\./gm, '..'), 'latin1');
  const hello = `${job.lmtp ? 'LHLO' : 'EHLO'} ${job.helo}`;
  let socket = net.connect({ host: job.ip, port: job.port ?? 25, localAddress: job.ip });
  let talk = conversation(socket);
  const refusals = [];
  const say = async (text) => {
    const { code, reply } = await talk(text);
    if (code >= 400) refusals.push(`${String(text).slice(0, 60)}: ${reply}`);
  };
  try {
    await say(null);
    await say(hello);
    if (job.login) {
      await say('STARTTLS');
      socket = tls.connect({ socket, rejectUnauthorized: false });
      talk = conversation(socket);
      await say(hello);
      await say(`AUTH PLAIN ${Buffer.from(`\0${job.login.user}\0${job.login.password}`).toString('base64')}`);
    }
    await say(`MAIL FROM:<${job.from}>${job.mailOptions ? ` ${job.mailOptions}` : ''}`);
    for (const r of job.to) await say(`RCPT TO:<${r.address}>${r.options ? ` ${r.options}` : ''}`);
    if (refusals.length < job.to.length) {
      await say('DATA');
      await say(Buffer.concat([dotted, Buffer.from('.')]));
    }
    socket.end('QUIT\r\n');
  } finally {
    setTimeout(() => socket.destroy(), 1000);
  }
  return refusals;
}

/** Says a line (null: nothing, for the greeting) and resolves to the whole reply. */
function conversation(socket) {
  let pending = '';
  let waiting;
  const settle = () => {
    const match = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\n/.exec(pending);
    if (!match || !waiting) return;
    pending = pending.slice(match[0].length);
    waiting.resolve({ code: Number(match[1]), reply: match[0].trim() });
    waiting = undefined;
  };
  const fail = (error) => waiting?.reject(error);
  socket.setTimeout(60_000, () => fail(new Error('client timed out')));
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('connection closed')));
  socket.on('data', (chunk) => {
    pending += chunk.toString('utf8');
    settle();
  });
  return (text) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      if (text !== null) socket.write(Buffer.concat([Buffer.from(text), Buffer.from('\r\n')]));
      settle();
    });
}
