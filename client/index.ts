/** What an integration team installs to use a rotated credential. */
export type { Credential, CredentialSource } from "./source.ts";
