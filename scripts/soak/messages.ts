/** A report of one failed recipient, `user<n>@example.com`. */
export function bounce(n: number, copy = 0): string {
  return `Return-Path: <>
Received: from mx.example.net by bounces.example.org with ESMTP id ${n}-${copy}
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: sender@example.org
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Nov 2026 10:00:00 +0000
Message-ID: <bounce-${n}@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
X-Queue-ID: ${n}
Arrival-Date: Mon, 2 Nov 2026 09:59:00 +0000

Final-Recipient: rfc822; user${n}@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; 550 5.1.1 <user${n}@example.com>: Recipient address rejected: User unknown

--b
Content-Type: message/rfc822

From: sender@example.org
To: user${n}@example.com
Subject: News
Message-ID: <news-${n}@example.org>

Hello

--b--
`;
}

/** Mail of a person: no report. */
export function letter(n: number): string {
  return `From: person${n}@example.com
To: sender@example.org
Subject: a question ${n}
Message-ID: <letter-${n}@example.com>

How are you? (${n})
`;
}
