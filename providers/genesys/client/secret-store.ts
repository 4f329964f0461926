import type { WhichVersion } from "../../../apis/aws/secrets-manager.ts";
import { Secret } from "../../../apis/http/secret.ts";
import {
  formatSecretValue,
  parseSecretValue,
  type SecretValue,
} from "../../../core/rotation/secret-value.ts";
import { ifFound } from "../existence.ts";
import type { Session } from "../session.ts";
import type { SecretHome } from "../types.ts";

/** What the users of a credential need. */
export type ClientSecret = Pick<SecretValue, "clientId" | "clientSecret">;

/** Stores the secret as the version that its users read. The same version again changes nothing. */
export const storeCurrent = async (
  { aws, region }: Session,
  { secretArn, awsRegion }: SecretHome,
  versionId: string,
  { clientId, clientSecret }: ClientSecret,
): Promise<void> => {
  const value = new Secret(formatSecretValue({ clientId, clientSecret, region: region() }));
  await aws.secrets(awsRegion).put(secretArn, { versionId, value, stages: ["AWSCURRENT"] });
};

/** A version of the secret; `held` is what it says, undefined where somebody wrote something else into it. */
export interface Version {
  versionId: string;
  held: SecretValue | undefined;
}

/** Undefined where there is no such version, or it has no value yet. */
export const readVersion = ({ aws }: Session, { secretArn, awsRegion }: SecretHome, which: WhichVersion) =>
  ifFound(async (): Promise<Version> => {
    const { versionId, value } = await aws.secrets(awsRegion).value(secretArn, which);
    return { versionId, held: parseSecretValue(value.reveal()) };
  });
