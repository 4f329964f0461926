import type { RotationApi } from "../../apis/genesys/api.ts";
import {
  InvalidCredentialsError,
  MissingPermissionError,
  NotFoundError,
  RoleNotHeldError,
} from "../../apis/genesys/errors.ts";
import { actFor, clientCredential } from "./actor.ts";
import { generationBody } from "./client-body.ts";
import { RotatorError } from "./errors.ts";
import { clientOf, type PendingClient, pendingClient } from "./pending-client.ts";
import { readStored, type Step } from "./step.ts";

/** A new client may be refused for some seconds, and its roles may take minutes to count. */
const waitsMilliseconds = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** What a new credential may be told before the whole platform knows it. A rate limit is none of them. */
const mayPass = (error: unknown): boolean =>
  error instanceof InvalidCredentialsError ||
  error instanceof RoleNotHeldError ||
  error instanceof MissingPermissionError ||
  error instanceof NotFoundError;

const withPatience = async ({ rotator, credential }: Step, attempt: () => Promise<void>): Promise<void> => {
  for (const wait of [...waitsMilliseconds, undefined]) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (wait === undefined)
        throw new RotatorError(
          "not-working",
          `${credential.id}: the new credential does not work yet: ${error instanceof Error ? error.message : ""} The current one stays; the rotation is tried again.`,
          { cause: error },
        );
      await rotator.ports.clock.sleep(wait);
    }
  }
};

/** @throws RotatorError not-working, nothing-pending, pending-abandoned */
export const provePending = async (step: Step, api: RotationApi): Promise<PendingClient> =>
  prove(step, await pendingClient(step, api));

/**
 * Proves the pending credential: it gets a token, and one that changes clients with its own rights has changed one,
 * namely itself, to what it is.
 */
const prove = async (step: Step, pending: PendingClient): Promise<PendingClient> => {
  const own = step.rotator.as(clientCredential(pending.value));
  await withPatience(step, () => own.session.login());
  if (step.credential.actor === "self") {
    const body = generationBody(step.credential, step.token);
    await withPatience(step, async () => {
      await own.oauthClients.update(pending.client.id, body);
    });
  }
  return pending;
};

/**
 * Tests the pending credential. Where there is none, Secrets Manager tests the configuration, as it does when rotation
 * is switched on without rotating: then it is enough that the function reaches secret and platform.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html (RotateImmediately)
 */
export const testSecret = async (step: Step): Promise<void> => {
  const api = await actFor(step.rotator, step.credential);
  const stored = await readStored(step);
  if (stored.kind !== "nothing") await prove(step, await clientOf(step, api, stored));
};
