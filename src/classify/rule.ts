import type { BounceType, Bucket, Command, DecisionAction, Reason, Scope } from '../model/lists.ts';

/**
 * Literal wording, compared without case, addresses, IP numbers, codes and punctuation (normalise.ts).
 * It starts and ends at a word boundary; `*` at either end lifts that. `a|b` is a choice. In a list, `+a|b` has to
 * follow as the very next word.
 */
export type Phrase = string;

/**
 * One cause of refusal. A row matches where all of `provider`, `reply`, `status` and `says` that it has match,
 * and nothing of `unless` does. The first row of the table that matches decides.
 */
export interface Rule {
  /** `family/cause`, unique in the table. */
  readonly id: string;
  /** Matches replies of this provider only. */
  readonly provider?: string;
  /** Reply codes: `550`, or the first digit alone. Any of them. */
  readonly reply?: string | readonly string[];
  /** Enhanced codes: `5.1.1`, `x.1.1` (any class), `5.7.606-649`, `x.7.*`. Any of them. */
  readonly status?: string | readonly string[];
  /** Where the command is known to be one of these. */
  readonly command?: readonly Command[];
  /** Diagnostic type (RFC 3464 §2.3.6), lower case. */
  readonly type?: string;
  /** Any of them. A nested list: all of it in this order, each close behind the one before. */
  readonly says?: readonly (Phrase | readonly Phrase[])[];
  /** None of them. */
  readonly unless?: readonly (Phrase | readonly Phrase[])[];
  readonly reason: Reason;
  /** What replaces the defaults of the reason (reasons.ts). */
  readonly bounceType?: BounceType;
  readonly bucket?: Bucket;
  readonly scope?: Scope;
  readonly advice?: DecisionAction;
  /** Mechanism, list, limit or tag. */
  readonly detail?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly helpUrl?: string;
  /** A reply that this row alone decides, out of the whole table. */
  readonly sample: string;
  /** RFC section, provider's page, or the software that writes it. */
  readonly source: string;
}
