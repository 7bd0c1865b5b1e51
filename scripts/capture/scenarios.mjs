/**
 * What is sent, and what must come out. A scenario is one submitted message:
 * {id, from?, mailOptions?, original?, extra?, via?, to: [{address, options?, row?, fate, ...truth}]}.
 * `row` is the remote host that decides; `fate` is what becomes of the mail to that address; no fate: no report.
 * `unasked`: a report that nobody wanted; some servers write it all the same.
 */
import { BROKEN_HOSTS, REPLIES } from './replies.mjs';
import { MTA_HOST, SENDER_DOMAIN } from './network.mjs';

const PEOPLE =
  'mara.lindt jonas.weir petra.holm aldo.conti ruth.ames igor.stahl nadia.faro tom.brandt lucia.paz erik.lund hana.mori paul.grey'.split(
    ' ',
  );
const person = (i) => PEOPLE[i % PEOPLE.length];

const unknown = {
  code: '550',
  enhanced: '5.1.1',
  text: ['<{rcpt}>: Recipient address rejected: User unknown'],
};
const full = { code: '552', enhanced: '5.2.2', text: ['<{rcpt}>: mailbox quota exceeded'] };

/** Hosts that only the special scenarios use. */
const SPECIAL_HOSTS = [
  { id: 'welcome', domain: 'openhouse.example' },
  {
    id: 'dsn-aware',
    domain: 'notifier.example',
    extensions: ['DSN'],
    stage: 'rcpt',
    reply: unknown,
    reason: 'mailbox-not-found',
    decision: 'suppress',
  },
  {
    id: 'mixed',
    domain: 'severalfates.example',
    rcpt: {
      'gone.person': unknown,
      'full.person': full,
      'slow.person': { code: '451', enhanced: '4.3.0', text: ['Temporary lookup failure'] },
    },
  },
  {
    id: 'utf8-aware',
    domain: 'umlautpost.example',
    extensions: ['SMTPUTF8'],
    stage: 'rcpt',
    reply: unknown,
    reason: 'mailbox-not-found',
    decision: 'suppress',
  },
  {
    id: 'tiny',
    domain: 'smallbox.example',
    without: ['SIZE 20971520'],
    extensions: ['SIZE 1200'],
    stage: 'eod',
    reply: { code: '552', enhanced: '5.3.4', text: ['Message size exceeds fixed limit'] },
    reason: 'message-too-large',
    decision: 'fix-then-retry',
  },
  {
    id: 'idn',
    domain: 'xn--bcher-kva.example',
    stage: 'rcpt',
    reply: unknown,
    reason: 'mailbox-not-found',
    decision: 'suppress',
  },
  {
    id: 'starttls-refused',
    domain: 'nocipher.example',
    extensions: ['STARTTLS'],
    stage: 'starttls',
    reply: { code: '454', enhanced: '4.7.0', text: ['TLS not available due to a local problem'] },
    reason: 'tls-failure',
  },
  {
    id: 'unknowns',
    domain: 'emptyhall.example',
    stage: 'rcpt',
    reply: unknown,
    reason: 'mailbox-not-found',
    decision: 'suppress',
  },
  // For itself, as Postfix forgets what a host cannot do when it uses a connection again.
  { id: 'utf8-unaware', domain: 'asciionly.example', stage: 'rcpt', reply: unknown },
];

/** Every remote host, each with an address of its own. */
export const HOSTS = [...REPLIES, ...BROKEN_HOSTS, ...SPECIAL_HOSTS].map((row, i) => ({
  ip: i < 200 ? `198.51.100.${i + 10}` : `203.0.113.${i - 190}`,
  host: `mx${(i % 3) + 1}.${row.domain}`,
  ...row,
}));
export const hostOf = (id) => HOSTS.find((h) => h.id === id);

export const failing = (rowId, local, more = {}) => {
  const row = hostOf(rowId);
  return { address: `${local}@${row.domain}`, row, fate: 'failed', ...more };
};
const mixedRow = (local, reason, decision) => ({
  ...hostOf('mixed'),
  stage: 'rcpt',
  reply: hostOf('mixed').rcpt[local],
  reason,
  decision,
});
const gone = () =>
  failing('mixed', 'gone.person', { row: mixedRow('gone.person', 'mailbox-not-found', 'suppress') });
const quota = () =>
  failing('mixed', 'full.person', {
    row: mixedRow('full.person', 'mailbox-full', 'suppress-after-repeated'),
  });
const reached = (local, more = {}) => ({
  address: `${local}@openhouse.example`,
  row: hostOf('welcome'),
  ...more,
});
export const local = (name, more = {}) => ({ address: `${name}@${MTA_HOST}`, ...more });

/** `needs`: what the server has to be able to do; it is left out elsewhere, and that is printed. */
const SPECIALS = [
  {
    id: 'two-refused-one-accepted',
    to: [
      gone(),
      quota(),
      {
        ...reached('glad.person'),
        address: 'glad.person@severalfates.example',
        fate: 'failed',
        unasked: true,
      },
    ],
  },
  {
    id: 'fates-at-four-domains',
    to: [
      failing('no-such-domain', 'ruth.ames'),
      failing('gmail-account-inactive', 'tom.brandt'),
      failing('spamhaus-zen', 'erik.lund'),
      reached('hana.mori'),
    ],
  },
  { id: 'twelve-unknown', to: PEOPLE.map((p) => failing('unknowns', p)) },
  { id: 'plus-address', to: [failing('unknowns', 'bodo+summer-offers')] },
  {
    id: 'verp-return-path',
    from: `bounces+petra.holm=emptyhall.example@${SENDER_DOMAIN}`,
    to: [failing('unknowns', 'petra.holm')],
  },
  { id: 'quoted-local-part', to: [failing('unknowns', '"odd person"')] },
  {
    id: 'mixed-case-address',
    to: [{ ...failing('unknowns', 'x'), address: 'Hanna.VonBerg@EmptyHall.example' }],
  },
  {
    id: 'long-local-part',
    to: [failing('unknowns', 'department-of-correspondence-and-parcels-second-floor-north-wing')],
  },
  { id: 'punycode-domain', to: [failing('idn', 'info')] },
  { id: 'original-html-list', original: 'html', to: [failing('unknowns', 'lucia.paz')] },
  { id: 'original-iso-2022-jp', original: 'japanese', to: [failing('unknowns', 'hana.mori')] },
  { id: 'original-big5', original: 'big5', to: [failing('bare-quota', 'hana.mori')] },
  { id: 'original-attachment', original: 'attachment', to: [failing('gmail-security-issue', 'aldo.conti')] },
  { id: 'original-quotes-a-bounce', original: 'bait', to: [failing('gmail-dmarc-policy', 'paul.grey')] },
  { id: 'original-8bit', original: 'utf8Subject', to: [failing('unknowns', 'jonas.weir')] },
  { id: 'size-limit-in-ehlo', original: 'large', to: [failing('tiny', 'nadia.faro')] },
  {
    id: 'headers-only-envid-orcpt',
    needs: 'dsn',
    mailOptions: 'RET=HDRS ENVID=lp-2026-48112',
    to: [
      failing('unknowns', 'igor.stahl', {
        options: 'NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;igor.stahl@emptyhall.example',
      }),
    ],
  },
  {
    id: 'orcpt-differs',
    needs: 'dsn',
    to: [
      failing('unknowns', 'forwarded.box', {
        options: 'NOTIFY=FAILURE ORCPT=rfc822;igor.alias@first-house.example',
        recipient: 'igor.alias@first-house.example',
      }),
    ],
  },
  {
    id: 'notify-never-for-one',
    needs: 'dsn',
    to: [
      failing('unknowns', 'silent.person', { options: 'NOTIFY=NEVER', unasked: true }),
      failing('unknowns', 'noted.person', { options: 'NOTIFY=FAILURE' }),
    ],
  },
  {
    id: 'notify-success-remote',
    needs: 'dsn',
    to: [reached('glad.person', { options: 'NOTIFY=SUCCESS', fate: 'relayed' })],
  },
  {
    id: 'notify-success-local',
    needs: 'dsn',
    to: [local('clerk', { options: 'NOTIFY=SUCCESS', fate: 'delivered' })],
  },
  {
    id: 'notify-success-and-failure',
    needs: 'dsn',
    mailOptions: 'ENVID=lp-48113',
    to: [
      reached('glad.person', { options: 'NOTIFY=SUCCESS,FAILURE', fate: 'relayed' }),
      failing('unknowns', 'gone.person', { options: 'NOTIFY=SUCCESS,FAILURE' }),
    ],
  },
  {
    id: 'alias-of-several',
    needs: 'alias',
    mailOptions: 'RET=HDRS',
    to: [local('team', { options: 'NOTIFY=SUCCESS,FAILURE', fate: 'expanded' })],
  },
  {
    id: 'forwarded-and-refused',
    needs: 'alias',
    to: [
      local('moved-clerk', {
        row: hostOf('unknowns'),
        fate: 'failed',
        target: 'former.clerk@emptyhall.example',
      }),
    ],
  },
  {
    id: 'pipe-fails',
    needs: 'alias',
    to: [local('ticket-robot', { fate: 'failed', row: { id: 'pipe', reason: 'system-error' } })],
  },
  {
    id: 'local-user-unknown',
    via: 'sendmail',
    to: [
      local('nobody.of.that.name', {
        fate: 'failed',
        row: { id: 'local-unknown', reason: 'mailbox-not-found', decision: 'suppress' },
      }),
    ],
  },
  {
    id: 'smtputf8-refused',
    needs: 'smtputf8',
    mailOptions: 'SMTPUTF8',
    to: [failing('utf8-aware', 'jörg.müller')],
  },
  {
    id: 'smtputf8-not-offered',
    needs: 'smtputf8',
    mailOptions: 'SMTPUTF8',
    to: [
      failing('utf8-unaware', 'zoë', {
        row: {
          ...hostOf('utf8-unaware'),
          id: 'no-smtputf8',
          reply: undefined,
          stage: undefined,
          reason: 'message-malformed',
          decision: 'fix-then-retry',
        },
      }),
    ],
  },
];

/** Fills in a sender of its own, by which its reports are told apart. */
export const asScenario = (scenario, i) => ({
  from: `${person(i + 5)}.${i + 101}@${SENDER_DOMAIN}`,
  original: 'plain',
  ...scenario,
});

export const SCENARIOS = [
  ...[...REPLIES, ...BROKEN_HOSTS].map((row, i) => ({ id: row.id, to: [failing(row.id, person(i))] })),
  ...SPECIALS,
].map(asScenario);
