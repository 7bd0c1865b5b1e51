/** Who refuses mail: a mailbox provider, or the maker of a gateway or server that is known by its replies. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** Suffixes of the hosts that take its mail. */
  readonly hosts: readonly string[];
  /** Marks that only its replies carry, as `says` of a rule. */
  readonly says: readonly (string | readonly string[])[];
  /** Its rows apply as well. */
  readonly parent?: string;
  /** Its page on error codes. Never fetched. */
  readonly helpUrl?: string;
}

/** In the order in which marks count: what is known by one mark alone stands before what shares wording. */
export const PROVIDERS = [
  {
    id: 'gmail',
    name: 'Gmail and Google Workspace',
    hosts: ['google.com', 'googlemail.com', 'gmail.com'],
    says: [
      'gsmtp',
      'gcdp',
      'support.google.com',
      'gmail has detected',
      'to best protect our users from spam',
      'gmail requires all',
    ],
    helpUrl: 'https://support.google.com/a/answer/3726730',
  },
  {
    id: 'outlook.com',
    name: 'Outlook.com, Hotmail, Live, MSN',
    hosts: ['olc.protection.outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.com'],
    says: [
      'olc.protection.outlook.com',
      'rejected by outlook.com',
      'windows live hotmail',
      'sc 001',
      'sc 002',
      'sc 003',
      'sc 004',
      'dy 001',
      'dy 002',
      'ou 001',
      'ou 002',
      'rp 001',
      'rp 002',
      'rp 003',
      'connecting to outlook.com',
      'part of their network is on our block list',
      'http://mail.live.com*',
      'https://mail.live.com*',
      'http://postmaster.live.com*',
      'https://postmaster.live.com*',
      's2017062302',
    ],
    parent: 'microsoft',
    helpUrl: 'https://sendersupport.olc.protection.outlook.com/pm/troubleshooting.aspx',
  },
  {
    id: 'microsoft',
    name: 'Microsoft 365 (Exchange Online)',
    hosts: [
      'protection.outlook.com',
      'mail.protection.partner.outlook.cn',
      'mx.microsoft',
      'outlook.office365.com',
    ],
    says: [
      'prod.protection.outlook.com',
      'prod.outlook.com',
      'mail.protection.outlook.com',
      'remote server returned',
      'aka.ms*',
      'sender.office.com',
      'as(201806281*',
      'go.microsoft.com',
      'recipient not found by smtp address lookup',
      'resolver.adr.recipientnotfound',
      'tenantattribution',
    ],
    helpUrl:
      'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online',
  },
  {
    id: 'exchange-server',
    name: 'Exchange Server',
    hosts: [],
    says: ['resolver.*', 'storedrv.*', 'queue.expired', 'routing.*', 'smtpsend.*', 'mapiexception*'],
    helpUrl:
      'https://learn.microsoft.com/en-us/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages',
  },
  {
    id: 'aol-legacy',
    name: 'AOL (before Yahoo took it over)',
    hosts: ['mx.aol.com', 'mail.aol.com', 'mxg.aol.com'],
    says: [
      'postmaster.aol.com',
      'postmaster.info.aol.com',
      'rtr:*',
      'rly:*',
      'hvu:*',
      'dyn:t*',
      'con:b1',
      'dns:nr',
      'dns:b1',
    ],
    helpUrl: 'https://postmaster.aol.com/error-codes',
  },
  {
    id: 'yahoo',
    name: 'Yahoo and AOL',
    hosts: ['yahoodns.net', 'yahoo.com', 'yahoo.co.jp', 'aol.com'],
    says: [
      'postmaster.yahooinc.com',
      'postmaster.yahoo.com',
      'postmaster.verizonmedia.com',
      'help.yahoo.com',
      'senders.yahooinc.com',
      'mail.yahoo.com',
      'yahoo.com account',
      'yahoodns.net',
      'tss0*',
      'tss1*',
      'ts01',
      'ts02',
      'ts03',
      'ts04',
      'ipts0*',
      'delivery error dd',
      'yahoo requires all',
      "doesn't have a yahoo*",
    ],
    helpUrl: 'https://senders.yahooinc.com/smtp-error-codes/',
  },
  {
    id: 'apple',
    name: 'iCloud Mail',
    hosts: ['icloud.com', 'me.com', 'mac.com', 'apple.com'],
    says: [
      'support.apple.com',
      'postmaster.icloud*',
      'mail.icloud.com',
      'cs01',
      'hme1',
      'hm08',
      'me.com esmtp',
    ],
    helpUrl: 'https://support.apple.com/en-us/102322',
  },
  {
    id: 'comcast',
    name: 'Comcast Xfinity',
    hosts: ['comcast.net'],
    says: ['postmaster.comcast.net', 'comcast.net', 'comcast', 'postmaster.xfinity.com', 'xfinity'],
    helpUrl: 'https://postmaster.comcast.net/mail-error-codes.html',
  },
  {
    id: 'cox',
    name: 'Cox',
    hosts: ['cox.net'],
    says: [
      'postmaster.cox.net',
      'cox.com/residential*',
      'cox.net',
      'cxbl',
      'cdrbl',
      'cxdns',
      'cxsndr',
      'cxsmtp',
      'cxcnct',
      'cxmxrt',
      'cxthrt',
      'cxmj',
      'cxjb',
    ],
    helpUrl: 'https://www.cox.com/residential/support/email-error-codes.html',
  },
  {
    id: 'spectrum',
    name: 'Spectrum (Charter)',
    hosts: ['charter.net', 'charter.com', 'rr.com', 'twc.com', 'spectrum.net'],
    says: ['spectrum.net', 'charter.net', 'charter.com'],
    helpUrl: 'https://www.spectrum.net/support/internet/understanding-email-error-codes',
  },
  {
    id: 'orange',
    name: 'Orange and Wanadoo',
    hosts: ['orange.fr', 'wanadoo.fr', 'francetelecom.com'],
    says: [
      'ofr 1*',
      'ofr 2*',
      'ofr 3*',
      'ofr 4*',
      'ofr 5*',
      'ofr 6*',
      'ofr 9*',
      'ofr0*',
      'ouk 1*',
      'ouk 4*',
      'mwinf*',
    ],
    helpUrl: 'https://postmaster.orange.fr/',
  },
  {
    id: 'laposte',
    name: 'La Poste',
    hosts: ['laposte.net'],
    says: ['lpn0*', 'lpn1*', 'lpnaaa*'],
    helpUrl: 'https://postmaster.laposte.net/',
  },
  {
    id: 'mimecast',
    name: 'Mimecast',
    hosts: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'],
    says: ['mimecast.com', 'mimecast.org', 'mimecast'],
    helpUrl: 'https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691',
  },
  {
    id: 'proofpoint',
    name: 'Proofpoint',
    hosts: ['pphosted.com', 'ppe-hosted.com', 'proofpoint.com', 'gpphosted.com'],
    says: ['proofpoint.com', 'pphosted.com', 'ppe hosted.com'],
    helpUrl: 'https://ipcheck.proofpoint.com/',
  },
  {
    id: 'cloudmark',
    name: 'Cloudmark Gateway',
    hosts: ['cloudfilter.net'],
    says: ['csi.cloudmark.com', 'aup#*', 'cloudfilter.net'],
    helpUrl: 'https://csi.cloudmark.com/en/reset/',
  },
  {
    id: 'barracuda',
    name: 'Barracuda',
    hosts: ['barracudanetworks.com', 'cudamail.com'],
    says: [
      'cuda nsu',
      'barracudanetworks.com',
      'barracuda reputation',
      'permanent failure for one or more recipients',
      'license expired',
    ],
    helpUrl: 'https://www.barracudacentral.org/lookups',
  },
  {
    id: 'cisco-ironport',
    name: 'Cisco Secure Email (IronPort)',
    hosts: ['iphmx.com'],
    says: ['iphmx.com', "sending mta's poor reputation", 'ironport.com'],
    helpUrl: 'https://talosintelligence.com/reputation_center',
  },
  {
    id: 'trendmicro',
    name: 'Trend Micro',
    hosts: ['trendmicro.com', 'trendmicro.eu'],
    says: ['mail abuse.com', 'trendmicro.com', 'ers customized block', 'block send er', 'block rcpt'],
    helpUrl: 'https://servicecentral.trendmicro.com/en-us/ers/',
  },
  {
    id: 'sophos',
    name: 'Sophos Email',
    hosts: ['sophos.com', 'reflexion.net'],
    says: ['xgemail*'],
    helpUrl: 'https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/',
  },
  {
    id: 'godaddy',
    name: 'GoDaddy',
    hosts: ['secureserver.net'],
    says: ['x.co/rlbounce', 'x.co/srbounce', 'x.co/irbounce', 'secureserver.net'],
    helpUrl: 'https://www.godaddy.com/help/what-does-my-email-bounceback-mean-3568',
  },
  {
    id: 'qq',
    name: 'QQ Mail and Tencent Exmail',
    hosts: ['qq.com'],
    says: ['mail.qq.com', 'exmail.qq.com'],
    helpUrl: 'https://service.mail.qq.com/',
  },
  {
    id: 'netease-163',
    name: 'NetEase (163, 126, yeah.net)',
    hosts: ['163.com', '126.com', 'netease.com', 'yeah.net', 'mxhichina.com'],
    says: ['mail.163.com', '126.com/help*', 'hl:*', 'mi:*', 'dt:spm*', 'dt:rbl*', 'rp:*', 'wm:*'],
    helpUrl: 'https://mail.163.com/help/help_spam_16.htm',
  },
  {
    id: 'mail.ru',
    name: 'Mail.ru',
    hosts: ['mail.ru', 'vkmail.ru'],
    says: ['help.mail.ru', 'mail.ru/notspam*', 'postmaster.mail.ru'],
    helpUrl: 'https://help.mail.ru/postmaster',
  },
  {
    id: 'yandex',
    name: 'Yandex Mail',
    hosts: ['yandex.ru', 'yandex.net', 'yandex.com'],
    says: ['ya.cc*', 'yandex.ru', 'yandex.com'],
    helpUrl: 'https://yandex.com/support/mail/web/letter/create.html',
  },
  {
    id: 'gmx',
    name: 'GMX, WEB.DE, mail.com, 1&1',
    hosts: [
      'gmx.net',
      'gmx.de',
      'gmx.com',
      'web.de',
      'mail.com',
      'kundenserver.de',
      '1und1.de',
      'perfora.net',
      'ionos.com',
      'ionos.de',
    ],
    says: [
      'postmaster.gmx*',
      'gmx.net',
      'gmx.com',
      'web.de',
      'nemesis esmtp',
      'mx.kundenserver.de',
      'postmaster.1und1*',
      'postmaster.mail.com',
      'postmaster.web.de',
    ],
    helpUrl: 'https://postmaster.gmx.net/en/error-messages',
  },
  {
    id: 't-online',
    name: 'T-Online',
    hosts: ['t-online.de', 't-ipnet.de', 'telekom.de'],
    says: ['t-online.de', ['a problem occurred', 'ask your postmaster']],
    helpUrl: 'https://postmaster.t-online.de/',
  },
  {
    id: 'free.fr',
    name: 'Free',
    hosts: ['free.fr', 'proxad.net'],
    says: ['free.fr', 'postmaster.proxad.net'],
    helpUrl: 'http://postmaster.free.fr/',
  },
  {
    id: 'att',
    name: 'AT&T',
    hosts: ['att.net', 'prodigy.net', 'sbcglobal.net', 'bellsouth.net'],
    says: ['attrbl*', 'att.net', 'blocked by ee att', 'blank mailhost'],
    helpUrl: 'https://www.att.com/esupport/postmaster/',
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    hosts: ['zoho.com', 'zoho.eu', 'zoho.in', 'zohomail.com'],
    says: ['zoho.com', '*zohomail*', 'mailpolicy violation'],
    helpUrl: 'https://www.zoho.com/mail/help/bounce-messages.html',
  },
  { id: 'rambler', name: 'Rambler', hosts: ['rambler.ru'], says: ['rambler.ru'] },
  {
    id: 'symantec-broadcom',
    name: 'Symantec Email Security.cloud',
    hosts: ['messagelabs.com', 'symanteccloud.com'],
    says: ['symanteccloud.com', 'messagelabs.com'],
    helpUrl: 'https://knowledge.broadcom.com/external/article/162137',
  },
  { id: 'ntt-docomo', name: 'NTT docomo', hosts: ['docomo.ne.jp'], says: ['docomo.ne.jp'] },
  { id: 'kddi', name: 'KDDI au', hosts: ['ezweb.ne.jp', 'au.com', 'auone-net.jp'], says: ['ezweb.ne.jp'] },
  { id: 'i.ua', name: 'I.UA', hosts: ['i.ua'], says: ['i.ua/err*'], helpUrl: 'http://mail.i.ua/err/' },
  {
    id: 'facebook',
    name: 'Facebook',
    hosts: ['facebook.com'],
    says: ['postmaster.facebook.com', 'postmaster-external.facebook.com'],
    helpUrl: 'https://postmaster.facebook.com/response_codes',
  },
  {
    id: 'amazon-ses',
    name: 'Amazon SES',
    hosts: ['amazonaws.com', 'amazonses.com'],
    says: [],
  },
] as const satisfies readonly Provider[];

const HOSTS: ReadonlyMap<string, number> = new Map(
  PROVIDERS.flatMap((provider, index) => provider.hosts.map((host): [string, number] => [host, index])),
);

/** Index of the provider that a host belongs to, by the longest suffix; -1 where none does. */
export function providerOfHost(host: string): number {
  let rest = host.trim().toLowerCase().replace(/\.$/, '');
  while (rest !== '') {
    const index = HOSTS.get(rest);
    if (index !== undefined) return index;
    const dot = rest.indexOf('.');
    if (dot < 0) return -1;
    rest = rest.slice(dot + 1);
  }
  return -1;
}

const IDS: ReadonlyMap<string, number> = new Map(
  PROVIDERS.map((provider, index): [string, number] => [provider.id, index]),
);

export function providerIndex(id: string): number {
  return IDS.get(id) ?? -1;
}
