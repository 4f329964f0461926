import { fingerprint } from "../../../core/fingerprint.ts";
import type { SecretSinkArgs } from "../types.ts";

/** A secret that the platform has just handed out, and will not show again. */
export interface IssuedSecret {
  /** Prefix of the client's marker. */
  owner: string;
  clientId: string;
  secret: string;
}

/** What the state keeps of a secret. */
export interface SecretOutputs {
  /** The secret itself, where the state is its only home; the engine encrypts it. */
  clientSecret?: string;
  /** SHA-256 of the secret, hexadecimal. */
  secretFingerprint: string;
}

/** Where a secret goes the moment it is issued. A sink that fails may be given another secret of the same client later. */
export interface SecretSink {
  store(issued: IssuedSecret): Promise<SecretOutputs>;
}

const stateSink: SecretSink = {
  store: async ({ secret }) => ({ clientSecret: secret, secretFingerprint: fingerprint(secret) }),
};

const sinks: Record<SecretSinkArgs["kind"], SecretSink> = { state: stateSink };

export const secretSink = ({ kind }: SecretSinkArgs): SecretSink => sinks[kind];
