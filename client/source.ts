/** A credential as its source has it now. */
export interface Credential {
  clientId: string;
  clientSecret: string;
  /** Genesys Cloud region, such as `us-east-1`. */
  region: string;
  /** When the source is going to replace it, in milliseconds since 1970, where it says so. */
  nextRotationAt?: number;
}

/** Where credentials come from: Secrets Manager today. */
export interface CredentialSource {
  fetch(): Promise<Credential>;
}
