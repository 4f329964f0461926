import { WrongStateError } from "../../apis/aws/errors.ts";
import { secretsManager } from "../../apis/aws/secrets-manager.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import type { Permission } from "../permissions.ts";
import type { RotationTrigger } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const triggerPermissions: readonly Permission[] = [
  {
    actions: ["secretsmanager:RotateSecret"],
    on: "rotatedSecrets",
    why: "Starts the rotation of a secret at once",
  },
  {
    actions: ["lambda:InvokeFunction"],
    on: "rotateFunction",
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
    why: "RotateSecret asks for the right to the function that it calls",
  },
];

/**
 * The service has one code for a rotation that is under way and for a secret that cannot be rotated; only its words
 * tell them apart: "A previous rotation isn't complete. That rotation will be reattempted."
 */
const isRunning = (error: unknown): boolean =>
  error instanceof WrongStateError && /previous rotation/i.test(error.message);

export const awsTrigger = (session: AwsSession): RotationTrigger => {
  const secrets = secretsManager(session);
  return {
    rotateNow: (secretId, versionId) =>
      asPort(async () => {
        try {
          await secrets.rotate(secretId, versionId);
          return "started";
        } catch (error) {
          if (isRunning(error)) return "running";
          throw error;
        }
      }),
  };
};
