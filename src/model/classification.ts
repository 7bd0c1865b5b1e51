import type { Action, BounceType, Bucket, Command, DecisionAction, Reason, Scope } from './lists.ts';

/** What is known of one refusal. Everything but one of `reply`, `diagnosticCode`, `replyCode`, `status` may be missing. */
export interface ReplyFacts {
  /** The SMTP reply as one line or several, with or without codes in front. */
  readonly reply?: string | null | undefined;
  /** Diagnostic-Code without its type; the same as `reply` to the rules. */
  readonly diagnosticCode?: string | null | undefined;
  /** `smtp`, `x-unix`, `x-postfix`, …, lower case. */
  readonly diagnosticType?: string | null | undefined;
  /** Three digits. Read from the reply where absent. */
  readonly replyCode?: string | null | undefined;
  /** Enhanced status code (RFC 3463). Read from the reply where absent. */
  readonly status?: string | null | undefined;
  readonly remoteMta?: string | null | undefined;
  readonly reportingMta?: string | null | undefined;
  readonly command?: Command | null | undefined;
  readonly action?: Action | null | undefined;
  /** The failed address. */
  readonly recipient?: string | null | undefined;
  /** Who refused, where the caller knows it. Found from host, tag or wording where absent. */
  readonly provider?: string | null | undefined;
}

/** Why mail was refused, and how that is known. */
export interface Classification {
  readonly reason: Reason;
  readonly bounceType: BounceType;
  readonly bucket: Bucket;
  readonly scope: Scope;
  /** What this refusal asks for, seen alone. decide() weighs it with history and policy. */
  readonly advice: DecisionAction;
  /** A 4yz reply, or class 4 where there is no reply code. */
  readonly temporary: boolean;
  /** Id of who refused, null when unknown. */
  readonly provider: string | null;
  /** Id of the rule that decided. */
  readonly rule: string;
  /** Mechanism, list, limit or tag that the reply names (`spf`, `spamhaus-zen`, `TSS04`), null when none. */
  readonly detail: string | null;
  readonly replyCode: string | null;
  readonly status: string | null;
  /** Seconds to wait that the reply itself asks for. */
  readonly retryAfter?: number;
  readonly blocklist?: string;
  /** A help page that the reply or the rule names. Never fetched. */
  readonly helpUrl?: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface Decision {
  readonly action: DecisionAction;
  readonly scope: Scope;
  /** One sentence. */
  readonly why: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** ISO 8601. */
  readonly until?: string;
  /** What has to happen or to be known first, and what would change the decision. */
  readonly needs?: string;
  /** A temporary refusal that turns into a permanent one unless its cause is mended. */
  readonly urgent?: true;
}
