/** What an integration team installs to use a rotated credential. */
export type {
  AwsCredentials,
  AwsCredentialsProvider,
} from "./aws/credentials.ts";
export { type SecretsManagerOptions, secretsManagerSource } from "./aws/secrets-manager.ts";
export type { Clock } from "./clock.ts";
export * from "./errors.ts";
export { createFetch, type GenesysFetch } from "./fetch.ts";
export type { HostOptions } from "./hosts.ts";
export { type ClientOutputs, readStackOutputs, type StackOutputs } from "./outputs.ts";
export { type CredentialProvider, type CredentialProviderOptions, credentialProvider } from "./provider.ts";
export type { Credential, CredentialSource } from "./source.ts";
export { type AccessToken, type AccessTokens, type AccessTokensOptions, accessTokens } from "./tokens.ts";
