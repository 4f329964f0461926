import type { RotatedCredential, RotationDeclarations } from "../../core/rotation/credential.ts";
import type { ReadRecord } from "../../core/rotation/credential-record.ts";
import { generationToken } from "../../core/rotation/secret-value.ts";
import { guardStep, type Refusal, type RotationStep } from "../../core/rotation/step-guard.ts";
import type { Lease, RotatorPorts } from "../ports.ts";
import { createSecret } from "./create-secret.ts";
import { RotatorError } from "./errors.ts";
import { parseRotationEvent } from "./events.ts";
import { finishSecret } from "./finish-secret.ts";
import { underLease } from "./lease.ts";
import { metricNames } from "./metrics.ts";
import { createRotator, type Rotator } from "./rotator.ts";
import { setSecret } from "./set-secret.ts";
import type { Step } from "./step.ts";
import { testSecret } from "./test-secret.ts";

const runStep: Readonly<Record<RotationStep, (step: Step) => Promise<void>>> = {
  createSecret,
  setSecret,
  testSecret,
  finishSecret,
};

const refusals: Readonly<Record<Refusal, string>> = {
  "secret-deleted":
    "the secret is scheduled for deletion. Restore it, or remove the credential from the stack.",
  "rotation-disabled": "rotation is switched off for this secret. Run `pulumi up` to switch it on again.",
  "unknown-version": "Secrets Manager knows no such version, so this is no rotation that it has started.",
  "not-pending":
    "the version is not marked AWSPENDING, so another rotation has taken its place or it was given up.",
};

type RotationEvent = ReturnType<typeof parseRotationEvent>;

const takeStep = async (
  rotator: Rotator,
  credential: RotatedCredential,
  event: RotationEvent,
  lease: Lease,
  known: ReadRecord,
): Promise<void> => {
  const { ports } = rotator;
  const versionId = event.ClientRequestToken;
  const secret = await ports.secrets.describe(credential.secretArn);
  const guard = guardStep(secret, versionId);
  if (guard.kind === "done") return;
  if (guard.kind === "refused")
    throw new RotatorError(
      guard.why,
      `${credential.id}, ${event.Step} of version ${versionId}: ${refusals[guard.why]}`,
    );
  if (known.state === "damaged")
    ports.log.warn("The ledger's record is damaged; what is unusable of it is left out", {
      credential: credential.id,
    });
  const token = generationToken(versionId);
  await runStep[event.Step]({ rotator, credential, lease, secret, versionId, token, known });
};

/** The four steps of a rotation, as Secrets Manager calls them; each may come any number of times. */
export const createRotate = (ports: RotatorPorts, declarations: RotationDeclarations) => {
  const rotator = createRotator(ports, declarations);
  return async (input: unknown): Promise<void> => {
    const event = parseRotationEvent(input);
    const credential = declarations.credentials.find(({ secretArn }) => secretArn === event.SecretId);
    if (credential === undefined)
      throw new RotatorError(
        "unknown-credential",
        `${event.SecretId} is no secret of this stack's rotated credentials. Run \`pulumi up\`, or switch its rotation off.`,
      );
    const about = { credential: credential.id, step: event.Step, version: event.ClientRequestToken };
    try {
      await underLease(rotator, credential.id, (lease, known) =>
        takeStep(rotator, credential, event, lease, known),
      );
      ports.log.info("A step of a rotation is done", about);
    } catch (error) {
      ports.metrics.emit(metricNames.stepFailed, 1, "Count", { Credential: credential.id, Step: event.Step });
      ports.log.error("A step of a rotation failed", {
        ...about,
        error: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  };
};
