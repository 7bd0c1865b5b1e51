export { decide, type History, type PastFailure } from './decide.ts';
export { DEFAULT_POLICY, POLICIES, type Policy, type PolicyId } from './policies.ts';
