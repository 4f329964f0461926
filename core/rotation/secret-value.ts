import { hash } from "node:crypto";

/**
 * What a version of a rotated secret holds, as JSON: what the users of the credential read.
 */
export interface SecretValue {
  clientId: string;
  clientSecret: string;
  /** Genesys Cloud region, such as `us-east-1`. */
  region: string;
}

export const formatSecretValue = ({ clientId, clientSecret, region }: SecretValue): string =>
  JSON.stringify({ clientId, clientSecret, region });

/** The value, or undefined for a text that is none: somebody edited it by hand. Keys of others are ignored. */
export const parseSecretValue = (text: string): SecretValue | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What is no JSON holds nothing.
  }
  const { clientId, clientSecret, region } = (value ?? {}) as Record<string, unknown>;
  const isComplete =
    typeof clientId === "string" && typeof clientSecret === "string" && typeof region === "string";
  return isComplete && clientId !== "" && clientSecret !== ""
    ? { clientId, clientSecret, region }
    : undefined;
};

/**
 * The marker token of the generation that a rotation makes: 16 of `0-9a-f`, the same for every attempt of the same
 * rotation, so that a repeated attempt finds what the first one made.
 */
export const generationToken = (clientRequestToken: string): string =>
  hash("sha256", clientRequestToken, "hex").slice(0, 16);

/**
 * The version id under which the first generation is stored (Secrets Manager wants 32 to 64 characters): the same
 * for every attempt of the same creation.
 */
export const firstVersionId = (owner: string, token: string): string =>
  hash("sha256", `${owner}#${token}`, "hex");
