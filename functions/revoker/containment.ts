import type { RotationApi } from "../../apis/genesys/api.ts";
import {
  AmbiguousOutcomeError,
  InvalidRequestError,
  NotFoundError,
  PlatformError,
  RateLimitedError,
  UnreachableError,
} from "../../apis/genesys/errors.ts";
import type { Capabilities } from "../../core/capabilities.ts";
import type { AlertCase } from "../../core/leak/alert-case.ts";
import type { Clock } from "../ports.ts";
import { bodyWithState } from "../rotator/client-body.ts";
import { resetSecret } from "../rotator/client-secret.ts";
import type { Client } from "./inventory.ts";

export type ContainedBy = NonNullable<AlertCase["containment"]>;

/** Between attempts that a later one may outdo; the connection has tried each several times by itself. */
const pausesMilliseconds = [1_000, 4_000, 10_000];

const mayPass = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  error instanceof RateLimitedError ||
  error instanceof PlatformError ||
  error instanceof AmbiguousOutcomeError;

/** As the platform lets a tenant stop a client. What it does not let be disabled gets a new secret that nobody has. */
const stopOnce = async (
  api: RotationApi,
  clientId: string,
  client: Client | undefined,
  { tenantMayDisable }: Pick<Capabilities, "tenantMayDisable">,
): Promise<ContainedBy> => {
  if (tenantMayDisable && client !== undefined) {
    try {
      await api.oauthClients.update(clientId, bodyWithState(client, "disabled"));
      return "disabled";
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
    }
  }
  await resetSecret(api, clientId);
  return "secretReset";
};

/** Does it again where that may help. A client that is gone is stopped. */
export const persistently = async <T>(clock: Clock, gone: T, attempt: () => Promise<T>): Promise<T> => {
  for (const pause of [...pausesMilliseconds, undefined]) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof NotFoundError) return gone;
      if (pause === undefined || !mayPass(error)) throw error;
      await clock.sleep(pause);
    }
  }
  return gone;
};

/** Ends every login with the leaked secret. */
export const stopClient = (
  clock: Clock,
  api: RotationApi,
  clientId: string,
  client: Client | undefined,
  capabilities: Pick<Capabilities, "tenantMayDisable">,
): Promise<ContainedBy> =>
  persistently<ContainedBy>(clock, "secretReset", () => stopOnce(api, clientId, client, capabilities));
