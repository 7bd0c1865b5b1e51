export { type Cause, causeOf } from './causes.ts';
export { decide, type History, type PastFailure } from './decide.ts';
export {
  type Diagnosis,
  diagnose,
  type Incident,
  type IncidentKind,
  type Rates,
  type Volumes,
} from './diagnose.ts';
export { DEFAULT_POLICY, POLICIES, type Policy, type PolicyId } from './policies.ts';
