import type { Rule } from '../rule.ts';

const SOURCE = 'observed replies of Cisco Secure Email';

export const IRONPORT = [
  {
    id: 'ironport/your-access-to-submit-messages-to',
    provider: 'cisco-ironport',
    says: ['your access to submit messages to this e-mail system has been rejected'],
    reason: 'low-reputation',
    sample: '550 5.7.1 Your access to submit messages to this e-mail system has been rejected',
    source: SOURCE,
  },
  {
    id: 'ironport/sending-mta-s-poor-reputation',
    provider: 'cisco-ironport',
    says: ["sending mta's poor reputation"],
    reason: 'low-reputation',
    sample: "554 Sending mta's poor reputation",
    source: SOURCE,
  },
] as const satisfies readonly Rule[];
