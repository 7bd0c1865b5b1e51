import type { Rule } from '../rule.ts';

const SOURCE = 'https://help.mail.ru/postmaster; observed replies';

export const MAIL_RU = [] as const satisfies readonly Rule[];
