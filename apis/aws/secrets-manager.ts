import { Secret } from "../http/secret.ts";
import { secretsManagerService } from "./services.ts";
import type { AwsSession } from "./session.ts";

/** Times are seconds since 1970. */
export interface DescribedSecret {
  ARN: string;
  Name: string;
  RotationEnabled?: boolean;
  RotationLambdaARN?: string;
  CreatedDate?: number;
  LastChangedDate?: number;
  LastRotatedDate?: number;
  NextRotationDate?: number;
  /** The secret is scheduled for deletion. */
  DeletedDate?: number;
  VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
}

export interface ListedVersion {
  VersionId: string;
  VersionStages?: readonly string[];
  CreatedDate: number;
}

export interface StoredValue {
  versionId: string;
  stages: readonly string[];
  value: Secret;
}

/** Which version is meant; both must name the same one. */
export interface WhichVersion {
  versionId?: string;
  stage?: string;
}

/** The operations in use. Secrets are named by ARN or name. https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export interface SecretsManager {
  describe(secretId: string): Promise<DescribedSecret>;
  /** Every version that has a staging label, of all pages. */
  versions(secretId: string): Promise<ListedVersion[]>;
  /** @throws NotFoundError also where the secret exists, but not the version, or it has no value yet */
  value(secretId: string, which?: WhichVersion): Promise<StoredValue>;
  /**
   * The same version id with the same value changes nothing. Without `stages` it becomes AWSCURRENT.
   * @throws ConflictError for another value, WrongStateError
   */
  put(
    secretId: string,
    version: { versionId: string; value: Secret; stages?: readonly string[] },
  ): Promise<void>;
  /** @throws InvalidRequestError where a label is not where the call says */
  moveStage(secretId: string, stage: string, move: { to?: string; from?: string }): Promise<void>;
  /** @throws WrongStateError while a rotation is under way, or the secret is scheduled for deletion */
  rotate(secretId: string, versionId: string): Promise<void>;
}

interface ValueAnswer {
  VersionId: string;
  VersionStages?: readonly string[];
  SecretString?: string;
  /** Base64. */
  SecretBinary?: string;
}

interface VersionsAnswer {
  Versions?: readonly ListedVersion[];
  NextToken?: string | null;
}

const valueIn = ({ SecretString: text, SecretBinary: binary = "" }: ValueAnswer): string =>
  text ?? Buffer.from(binary, "base64").toString("utf8");

export const secretsManager = (session: AwsSession): SecretsManager => {
  const send = <T>(
    operation: string,
    secretId: string,
    effect: "none" | "idempotent" | "once",
    input: Readonly<Record<string, unknown>> = {},
  ): Promise<T> =>
    session.call<T>(secretsManagerService, {
      method: "POST",
      route: operation,
      object: `secret ${secretId}`,
      body: { SecretId: secretId, ...input },
      effect,
    });

  return {
    describe: (secretId) => send("DescribeSecret", secretId, "none"),
    versions: async (secretId) => {
      const found: ListedVersion[] = [];
      let page: string | undefined;
      do {
        const next = page === undefined ? {} : { NextToken: page };
        const answer: VersionsAnswer = await send("ListSecretVersionIds", secretId, "none", next);
        found.push(...(answer.Versions ?? []));
        // Never the same page twice, whatever answers.
        page = answer.NextToken === page ? undefined : answer.NextToken || undefined;
      } while (page !== undefined);
      return found;
    },
    value: async (secretId, { versionId, stage } = {}) => {
      const answer: ValueAnswer = await send("GetSecretValue", secretId, "none", {
        ...(versionId === undefined ? {} : { VersionId: versionId }),
        ...(stage === undefined ? {} : { VersionStage: stage }),
      });
      const { VersionId, VersionStages: stages = [] } = answer;
      return { versionId: VersionId, stages, value: new Secret(valueIn(answer)) };
    },
    put: async (secretId, { versionId, value, stages }) => {
      // The version id makes a repeated attempt the same request.
      await send("PutSecretValue", secretId, "idempotent", {
        ClientRequestToken: versionId,
        SecretString: value.reveal(),
        ...(stages === undefined ? {} : { VersionStages: stages }),
      });
    },
    moveStage: async (secretId, stage, { to, from }) => {
      // A repeated move is refused once the first has taken effect.
      await send("UpdateSecretVersionStage", secretId, "once", {
        VersionStage: stage,
        ...(to === undefined ? {} : { MoveToVersionId: to }),
        ...(from === undefined ? {} : { RemoveFromVersionId: from }),
      });
    },
    rotate: async (secretId, versionId) => {
      await send("RotateSecret", secretId, "idempotent", { ClientRequestToken: versionId });
    },
  };
};
