/** What requests are signed with. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary credentials. */
  sessionToken?: string | undefined;
}

/** Asked before every attempt, so that credentials are never older than it: keeping them is the source's affair. */
export type CredentialSource = () => Promise<AwsCredentials>;
