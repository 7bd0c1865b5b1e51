/**
 * What remote hosts answer: one row, one host. A row is a cause, said in the form that a provider documents
 * (own wording, made-up names), and its truth: reason and decision.
 * A `decision` or `reason` that the documents leave open is left out: the truth says only what is known.
 *
 * stage: connect | ehlo | mail | rcpt | data | eod (end of DATA). `text`: one entry per line of the reply;
 * `{rcpt}` and `{host}` stand for the
 * address and the host itself. `like`: whose documented form it is.
 */
export const REPLIES = [
  // Gmail
  ['gmail-no-such-user', 'gmail', 'kestrelmail', 'rcpt', '550', '5.1.1', ["The email account that you wrote to does not exist. Please", "check the recipient's address for typing errors or spare spaces.", 'Read more at https://help.kestrelmail.example/NoSuchUser 4fb4d7f45d1cf-1a2b3c - gsmtp'], 'mailbox-not-found', 'suppress'],
  ['gmail-out-of-storage', 'gmail', 'merlinmail', 'rcpt', '452', '4.2.2', ["The recipient's inbox is out of storage space for now.", 'Ask them to make room: https://help.merlinmail.example/OverQuotaTemp 98e67ed59e1d1-3f - gsmtp'], 'mailbox-full', 'retry'],
  ['gmail-full-and-inactive', 'gmail', 'harriermail', 'rcpt', '552', '5.2.2', ["The recipient's inbox is out of storage space and inactive.", 'Learn more at https://help.harriermail.example/OverQuotaPerm d2e1a72fcca58-7a - gsmtp'], 'mailbox-full', 'suppress-after-repeated'],
  ['gmail-account-inactive', 'gmail', 'ospreymail', 'rcpt', '550', '5.2.1', ['The email account that you wrote to is inactive. Learn more at', 'https://help.ospreymail.example/DisabledUser af79cd13be357-1c - gsmtp'], 'mailbox-disabled', 'suppress'],
  ['gmail-receiving-too-quickly', 'gmail', 'hobbymail', 'rcpt', '450', '4.2.1', ['The user you are trying to contact is receiving email too quickly.', 'Please resend your message at a later time. 5b1f17b1804b1-22 - gsmtp'], 'rate-limited', 'retry-slower'],
  ['gmail-neither-spf-nor-dkim', 'gmail', 'buzzardmail', 'eod', '550', '5.7.26', ['Your email has been blocked because the sender is unauthenticated.', 'All senders must authenticate with either SPF or DKIM here.', ' ', 'DKIM = did not pass', 'SPF [lindenpost.example] with ip: [192.0.2.10] = did not pass', ' ', 'Instructions: https://help.buzzardmail.example/81126 a640c23a62f3a-9 - gsmtp'], 'auth-failure', 'fix-then-retry'],
  ['gmail-dmarc-policy', 'gmail', 'eaglemail', 'eod', '550', '5.7.26', ["Unauthenticated email from lindenpost.example is not accepted due to domain's", 'DMARC policy. Please contact the administrator of that domain. 4e5b19-2 - gsmtp'], 'auth-failure', 'fix-then-retry'],
  ['gmail-ip-reputation', 'gmail', 'falconmail', 'eod', '421', '4.7.0', ['[192.0.2.10      15] Our system sees that this message is suspicious due', 'to the very low reputation of the sending IP address. To protect users,', 'mail from it is held back. 6a1803df08f44-5 - gsmtp'], 'low-reputation', 'retry-slower'],
  ['gmail-no-ptr', 'gmail', 'gosmail', 'mail', '550', '5.7.25', ['[192.0.2.10] The IP address sending this message does not have a', 'PTR record setup, or the forward DNS entry does not match. c3-20 - gsmtp'], 'ptr-missing', 'fix-then-retry'],
  ['gmail-security-issue', 'gmail', 'kitemail', 'eod', '552', '5.7.0', ['This message was blocked because its content presents a potential', 'security issue. File types and rules: https://help.kitemail.example/6590 f1-7 - gsmtp'], 'attachment-rejected', 'fix-then-retry'],
  ['gmail-size-limit', 'gmail', 'wrenmail', 'eod', '552', '5.3.4', ["Your message exceeded Google's message size limits. See the size", 'guidelines for what may be sent. b6-11 - gsmtp'], 'message-too-large', 'fix-then-retry'],
  ['gmail-alignment-421-5732', 'gmail', 'finchmail', 'eod', '421', '5.7.32', ["Your email has been rate limited because the From: header isn't aligned", 'with the authenticated SPF or DKIM organizational domain. e9-1 - gsmtp'], 'auth-failure', 'fix-then-retry'],
  ['gmail-too-many-hops', 'gmail', 'thrushmail', 'eod', '554', '5.4.6', ['Message exceeded 50 hops, this may indicate a mail loop. 77-3 - gsmtp'], 'routing-error', 'retry'],
  // Microsoft
  ['exchange-recipient-not-found', 'microsoft', 'contoria', 'rcpt', '550', '5.1.10', ['RESOLVER.ADR.RecipientNotFound; Recipient {rcpt} not found by SMTP address lookup'], 'mailbox-not-found', 'suppress'],
  ['exchange-edge-access-denied', 'microsoft', 'fabrikon', 'rcpt', '550', '5.4.1', ['Recipient address rejected: Access denied. AS(201806281) [PR0P264CA0102.mail.fabrikon.example 2026-05-04T08:11:20.311Z 08DEA]'], 'mailbox-not-found', 'suppress'],
  ['exchange-block-list-s3150', 'microsoft', 'outpostmail', 'mail', '550', '5.7.1', ['Unfortunately, messages from [192.0.2.10] weren\'t sent. Please contact your Internet service provider since part of their network is on our block list (S3150). [Name=Protocol Filter Agent][AGT=PFA][MxId=11B4C]'], 'blocklisted', 'fix-then-retry'],
  ['exchange-out-of-resources', 'microsoft', 'adventura', 'mail', '452', '4.3.1', ['Insufficient system resources (UsedDiskSpace[C:\\Exchange\\Queue])'], 'server-full', 'retry'],
  ['exchange-thread-limit', 'microsoft', 'northwindy', 'eod', '432', '4.3.2', ['STOREDRV.Deliver; recipient thread limit exceeded [Hostname=VI1P190MB0611]'], 'rate-limited', 'retry-slower'],
  ['exchange-dmarc-5-7-509', 'microsoft', 'litwaren', 'eod', '550', '5.7.509', ['Access denied, sending domain [LINDENPOST.EXAMPLE] does not pass DMARC verification and has a DMARC policy of reject. [VE1EUR01FT041.eop.litwaren.example]'], 'auth-failure', 'fix-then-retry'],
  ['exchange-group-members-only', 'microsoft', 'tailspinner', 'eod', '550', '5.7.133', ['RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group'], 'recipient-restricted', 'fix-then-retry'],
  ['exchange-banned-ip', 'microsoft', 'proseweb', 'rcpt', '550', '5.7.606', ['Access denied, banned sending IP [192.0.2.10]. To ask for removal from this list visit https://sender.proseweb.example/ and follow the directions. AS16012609'], 'blocklisted', 'fix-then-retry'],
  // Yahoo, Apple
  ['yahoo-no-account', 'yahoo', 'yonderly', 'eod', '554', null, ["delivery error: dd This user doesn't have a yonderly.example account ({rcpt}) [0] - mta4112.mail.bf1.yonderly.example"], 'mailbox-not-found', 'suppress'],
  ['yahoo-mailbox-disabled', 'yahoo', 'yarrowly', 'eod', '554', null, ['30 Sorry, your message to {rcpt} cannot be delivered. This mailbox is disabled (554.30). - mta4043.mail.ne1.yarrowly.example'], 'mailbox-disabled', 'suppress'],
  ['yahoo-tss04', 'yahoo', 'yuccaly', 'mail', '421', '4.7.0', ['[TSS04] Messages from 192.0.2.10 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yuccaly.example/error-codes'], undefined, 'retry-slower'],
  ['apple-over-quota', 'apple', 'orchardcloud', 'rcpt', '552', '5.2.2', ['<{rcpt}>: user is over quota'], 'mailbox-full', 'suppress-after-repeated'],
  ['apple-user-does-not-exist', 'apple', 'quincecloud', 'rcpt', '550', '5.1.1', ['<{rcpt}>: user does not exist'], 'mailbox-not-found', 'suppress'],
  ['apple-excessive-volume', 'apple', 'medlarcloud', 'mail', '421', '4.7.1', ['Messages to this service from 192.0.2.10 deferred due to excessive volume. See https://help.medlarcloud.example/102322 [CS01]'], 'rate-limited', 'retry-slower'],
  // Access providers and webmail
  ['comcast-no-ptr', 'comcast', 'cableton', 'connect', '554', null, ['resimta-a1p.cableton.example cableton 192.0.2.10 Your mail server must have a PTR record. Refer to https://postmaster.cableton.example/ptr'], 'ptr-missing', 'fix-then-retry'],
  ['comcast-too-many-sessions', 'comcast', 'coaxline', 'connect', '421', null, ['resimta-c2p.coaxline.example coaxline Too many sessions opened from 192.0.2.10; try again later'], 'rate-limited', 'retry-slower'],
  ['orange-invalid-recipient', 'orange', 'mandarine', 'rcpt', '550', '5.1.1', ['Adresse du destinataire inconnue. Invalid recipient. OFR_416 [416]'], 'mailbox-not-found', 'suppress'],
  ['orange-too-many-connections', 'orange', 'clementine', 'connect', '421', null, ['mwinf5c14 ME Trop de connexions ouvertes, merci de ralentir. Too many connections, slow down. OFR_104 [104]'], 'rate-limited', 'retry-slower'],
  ['tonline-bad-reputation', 't-online', 'rheinonline', 'connect', '554', null, ['IP=192.0.2.10 - None/bad reputation. Ask your postmaster for help or write to tosa@rx.rheinonline.example for a reset. (NOWL)'], 'low-reputation', 'fix-then-retry'],
  ['gmx-no-ptr', 'gmx', 'gemxo', 'connect', '554', null, ['gemxo.example (mxgmx017) Nemesis ESMTP Service not available', 'No SMTP service', 'Bad DNS PTR resource record.', 'For explanation visit https://postmaster.gemxo.example/error-messages?ip=192.0.2.10&c=rdns'], 'ptr-missing', 'fix-then-retry'],
  ['tonline-over-storage-quota', 't-online', 'mainonline', 'rcpt', '552', '5.2.2', ['{rcpt} is over storage quota'], 'mailbox-full', 'suppress-after-repeated'],
  ['freefr-blocked-inactivity', 'free.fr', 'librefr', 'rcpt', '550', '5.2.1', ['This mailbox has been blocked due to inactivity (NUI)'], 'mailbox-disabled', 'suppress'],
  ['mailru-invalid-mailbox', 'mail.ru', 'pochtaru', 'rcpt', '550', null, ['Message was not accepted -- invalid mailbox. Local mailbox {rcpt} is unavailable: user not found'], 'mailbox-not-found', 'suppress'],
  ['mailru-spam', 'mail.ru', 'pismoru', 'eod', '550', null, ['spam message rejected. Please visit https://help.pismoru.example/notspam?c=2bX0 or report details to abuse@corp.pismoru.example. Error code: 2B7F44D9'], 'spam-content', 'fix-then-retry'],
  ['yandex-spam-suspicion', 'yandex', 'strelkamail', 'eod', '554', '5.7.1', ['[2] Message rejected under suspicion of SPAM; https://strelkamail.example/support/1-tqkZ4vN9ds'], 'spam-content', 'fix-then-retry'],
  ['qq-mailbox-not-found', 'qq', 'pandamail', 'rcpt', '550', null, ['Mailbox not found. https://service.pandamail.example/detail/122/169'], 'mailbox-not-found', 'suppress'],
  ['qq-frequency-limited', 'qq', 'bamboomail', 'mail', '550', null, ['Ip frequency limited [MMnNq1Vz. IP: 192.0.2.10]. https://service.bamboomail.example/detail/122/172'], 'rate-limited', 'retry-slower'],
  ['netease-dt-spm', 'netease-163', 'lotus163', 'eod', '554', null, ['DT:SPM 163 mx9,QMCowAB3f_x2,1769423 https://mail.lotus163.example/help/help_spam_16.htm?ip=192.0.2.10&hostid=mx9&time=1769423'], 'spam-content', 'fix-then-retry'],
  ['netease-hl-icc', 'netease-163', 'peony163', 'mail', '421', null, ['HL:ICC 163 mx21,MMCowACH1s, https://mail.peony163.example/help/help_spam_16.htm'], 'rate-limited', 'retry-slower'],
  ['docomo-unknown-user', 'ntt-docomo', 'keitai', 'rcpt', '550', null, ['Unknown user {rcpt}'], 'mailbox-not-found', 'suppress'],
  ['kddi-user-unknown', 'kddi', 'ezwave', 'rcpt', '550', null, ['<{rcpt}>: User unknown'], 'mailbox-not-found', 'suppress'],
  // Filters in front of company mail
  ['mimecast-internal-resource', 'mimecast', 'mimeshore', 'rcpt', '451', null, ['Internal resources are temporarily unavailable - https://community.mimeshore.example/docs/1369 [K1vXy0aQPw]'], 'server-unavailable', 'retry'],
  ['proofpoint-ipcheck', 'proofpoint', 'prooflane', 'connect', '554', null, ['Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.10'], 'blocklisted', 'fix-then-retry'],
  ['proofpoint-user-unknown', 'proofpoint', 'pphosting', 'rcpt', '550', '5.1.1', ['<{rcpt}>... User Unknown'], 'mailbox-not-found', 'suppress'],
  ['barracuda-reputation', 'barracuda', 'cudaway', 'mail', '554', null, ['Service unavailable; Client host [mta1.lindenpost.example] blocked using Barracuda Reputation; http://www.cudaway.example/reputation/?r=1&ip=192.0.2.10'], 'blocklisted', 'fix-then-retry'],
  ['spamhaus-zen', 'spamhaus', 'gatewardens', 'rcpt', '554', '5.7.1', ['Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.10'], 'blocklisted', 'fix-then-retry'],
  ['cloudmark-csi', 'cloudmark', 'markshield', 'eod', '550', null, ['Message from 192.0.2.10 refused: blocked. To have your address reset visit http://csi.cloudmark.com/reset-request/?ip=192.0.2.10'], 'blocklisted', 'fix-then-retry'],
  ['ironport-poor-reputation', 'cisco-ironport', 'ironhaven', 'connect', '554', null, ["esa2.ironhaven.example Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this is in error, please contact the intended recipient via other means."], 'low-reputation', 'fix-then-retry'],
  ['ironport-address-rejected', 'cisco-ironport', 'ironbridge', 'rcpt', '550', null, ['#5.1.0 Address rejected.'], 'mailbox-not-found', 'suppress', { status: '5.1.0' }],
  // Software that anybody runs
  ['greylisted-with-delay', 'postgrey', 'patientia', 'rcpt', '450', '4.2.0', ['<{rcpt}>: Recipient address rejected: Greylisted, come back in 300 seconds'], 'greylisted', 'retry'],
  ['greylisted-in-action', 'milter-greylist', 'slowgate', 'rcpt', '451', '4.7.1', ['Greylisting in action, please come back in 00:05:00'], 'greylisted', 'retry'],
  ['relay-access-denied', 'postfix', 'strictrelay', 'rcpt', '554', '5.7.1', ['<{rcpt}>: Relay access denied'], 'relay-denied', 'fix-then-retry'],
  ['too-many-recipients', 'postfix', 'crowdctl', 'rcpt', '452', '4.5.3', ['Too many recipients in this transaction'], 'too-many-recipients', 'retry'],
  ['banner-maintenance', 'generic', 'downtime', 'connect', '421', '4.3.2', ['{host} Service shut down for maintenance, try again later'], 'server-unavailable', 'retry'],
  ['bare-quota', 'generic', 'storeroom', 'rcpt', '552', null, ['Requested mail action aborted: exceeded storage allocation'], 'mailbox-full', 'suppress-after-repeated'],
  ['bare-too-large', 'generic', 'narrowdoor', 'eod', '552', null, ['Message size exceeds maximum permitted, message too large'], 'message-too-large', 'fix-then-retry'],
  ['virus-found', 'clamav', 'scanhouse', 'eod', '554', '5.7.1', ['This message contains a virus (Eicar-Signature) and was rejected'], 'virus-detected', 'fix-then-retry'],
  ['malformed-headers', 'generic', 'parseright', 'eod', '550', '5.6.0', ['Message is not RFC 5322 compliant: more than one From header'], 'message-malformed', 'fix-then-retry'],
  ['sender-domain-not-found', 'postfix', 'dnscheckers', 'mail', '553', '5.1.8', ['Sender address rejected: Domain not found'], 'sender-rejected', 'fix-then-retry'],
  ['spf-fail', 'generic', 'spfkeeper', 'mail', '550', '5.7.23', ['SPF check failed: 192.0.2.10 is not allowed to send mail from lindenpost.example'], 'auth-failure', 'fix-then-retry'],
  ['members-only-list', 'generic', 'clubhouse', 'rcpt', '550', '5.7.2', ['You are not allowed to post to this mailing list, members only'], 'recipient-restricted', 'fix-then-retry'],
  ['host-accepts-no-mail', 'rfc7504', 'outboundonly', 'connect', '521', null, ['{host} does not accept mail'], 'domain-refuses-mail', 'suppress-domain'],
  ['user-has-moved', 'generic', 'movedon', 'rcpt', '551', '5.1.6', ['User has moved; please try <new.address@elsewhere-post.example>'], 'mailbox-moved', 'suppress'],
  ['starttls-required', 'generic', 'tlsfirst', 'mail', '530', '5.7.0', ['Must issue a STARTTLS command first'], 'tls-failure', 'fix-then-retry'],
  ['bare-user-unknown', 'generic', 'plainville', 'rcpt', '550', null, ['No such user here'], 'mailbox-not-found', 'suppress'],
  ['code-in-parentheses', 'qmail', 'vpopton', 'rcpt', '550', null, ['sorry, no mailbox here by that name (#5.1.1)'], 'mailbox-not-found', 'suppress', { status: '5.1.1' }],
  ['unverified-recipient', 'postfix', 'probehouse', 'rcpt', '450', '4.1.1', ['<{rcpt}>: Recipient address rejected: unverified address: user unknown in table'], 'mailbox-not-found', 'suppress-after-repeated'],
  ['server-busy', 'generic', 'busyhive', 'rcpt', '421', '4.4.5', ['Server busy, try again later. Closing connection'], 'server-unavailable', 'retry'],
  // Other languages and alphabets
  ['german-utf8-unknown', 'generic', 'amtspost', 'rcpt', '550', '5.1.1', ['Empfänger unbekannt: dieses Postfach existiert nicht'], 'mailbox-not-found', 'suppress', { utf8: true }],
  ['french-utf8-full', 'generic', 'courrierpro', 'rcpt', '552', '5.2.2', ['La boîte aux lettres du destinataire est pleine', 'Veuillez réessayer plus tard'], 'mailbox-full', 'suppress-after-repeated', { utf8: true }],
  ['japanese-utf8-unknown', 'generic', 'yubinmail', 'rcpt', '550', '5.1.1', ['宛先のメールアドレスが見つかりません'], 'mailbox-not-found', 'suppress', { utf8: true }],
  ['russian-utf8-spam', 'generic', 'filtrmail', 'eod', '550', '5.7.1', ['Сообщение отклонено: похоже на спам'], 'spam-content', 'fix-then-retry', { utf8: true }],
  ['latin1-disabled', 'generic', 'vieuxserveur', 'rcpt', '550', '5.2.1', ['Boîte désactivée (account disabled)'], 'mailbox-disabled', 'suppress', { charset: 'latin1' }],
  // Shapes
  ['long-reply-cause-first', 'generic', 'talkative', 'eod', '550', '5.7.1', ['Message rejected: classified as spam by content scan', ...Array.from({ length: 11 }, (_, i) => `policy paragraph ${i + 1}: see section ${i + 1}.${i + 2} of our terms`)], 'spam-content', 'fix-then-retry'],
  ['long-reply-cause-last', 'generic', 'wordyhost', 'rcpt', '550', '5.1.1', [...Array.from({ length: 7 }, (_, i) => `Welcome to the mail system of wordyhost, notice ${i + 1} of 7`), 'The mailbox was not found: no such user'], 'mailbox-not-found', 'suppress'],
].map(([id, like, label, stage, code, enhanced, text, reason, decision, extra = {}]) => ({
  id,
  like,
  domain: `${label}.example`,
  stage,
  reply: { code, enhanced, text, ...(extra.charset ? { charset: extra.charset } : {}) },
  reason,
  decision,
  ...extra,
}));

/** Hosts that fail before or without a reply. `dns`: no record, SERVFAIL, null MX (RFC 7505). */
export const BROKEN_HOSTS = [
  { id: 'no-such-domain', domain: 'nowhere-at-all.example', dns: 'nxdomain', reason: 'domain-not-found', decision: 'suppress-domain' },
  { id: 'dns-servfail', domain: 'brokenzone.example', dns: 'servfail', reason: 'dns-failure', decision: 'retry' },
  { id: 'null-mx', domain: 'nomailplease.example', dns: 'null-mx', reason: 'domain-refuses-mail', decision: 'suppress-domain' },
  { id: 'mx-without-address', domain: 'danglingmx.example', noAddress: true, down: true },
  { id: 'connection-refused', domain: 'closedport.example', down: true, reason: 'network-error', decision: 'retry' },
  { id: 'network-unreachable', domain: 'faraway.example', down: true, ip: '100.64.7.7', reason: 'network-error', decision: 'retry' },
  { id: 'no-greeting', domain: 'muted.example', stage: 'silent-connect', reason: 'network-error', decision: 'retry' },
  { id: 'dropped-at-connect', domain: 'slamdoor.example', stage: 'drop-connect', reason: 'network-error', decision: 'retry' },
  { id: 'dropped-at-rcpt', domain: 'cutline.example', stage: 'drop-rcpt', reason: 'network-error', decision: 'retry' },
  { id: 'dropped-at-end-of-data', domain: 'lastmoment.example', stage: 'drop-eod', reason: 'network-error', decision: 'retry' },
];
