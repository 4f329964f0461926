/** Where a policy is explained: a heading of `README.md` in this folder. */
export const documentation = (policy: string): string => `policies/README.md#${policy}`;
