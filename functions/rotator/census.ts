import type { RotationApi } from "../../apis/genesys/api.ts";
import { judgeQuota } from "../../core/rotation/quota.ts";
import { RotatorError } from "./errors.ts";
import { listClients } from "./marked-clients.ts";
import { metricNames } from "./metrics.ts";
import type { Census, Rotator } from "./rotator.ts";

/** Namespace and key of the limit. The namespace is the vendor's, the key is an assumption: it may be missing. */
const limits = { namespace: "auth.api", key: "oauth.clients.max" } as const;

/** How long a count is good for, where it leaves room for this many clients more. */
const trusted = { milliseconds: 3_600_000, clients: 25 } as const;

/** Takes a count for the organisation's; `count` where it is known already. */
export const takeCensus = async (rotator: Rotator, api: RotationApi, count?: number): Promise<Census> => {
  const { ports, census } = rotator;
  const limit = (await api.organization.limits(limits.namespace))[limits.key];
  const taken = { count: count ?? (await listClients(api)).length, limit, at: ports.clock.now() };
  census.current = taken;
  if (limit !== undefined) ports.metrics.emit(metricNames.quotaHeadroom, limit - taken.count, "Count");
  return taken;
};

const recentCensus = async (rotator: Rotator, api: RotationApi, reserve: number): Promise<Census> => {
  const known = rotator.census.current;
  const isRecent =
    known !== undefined &&
    rotator.ports.clock.now() - known.at < trusted.milliseconds &&
    (known.limit === undefined || known.limit - known.count - reserve >= trusted.clients);
  return isRecent ? known : takeCensus(rotator, api);
};

/**
 * Refuses one client more before the platform does: at its own limit, nobody in the organisation could make a client
 * by hand any more. A count is remembered while it leaves plenty of room.
 *
 * @throws RotatorError quota
 */
export const requireRoom = async (
  rotator: Rotator,
  api: RotationApi,
  credentialId: string,
  isEmergency: boolean,
): Promise<void> => {
  const reserve = rotator.declarations.settings.quotaReserve;
  const census = await recentCensus(rotator, api, reserve);
  const verdict = judgeQuota({ ...census, reserve, isEmergency });
  if (verdict.kind === "room") {
    rotator.census.current = { ...census, count: census.count + 1 };
    return;
  }
  throw new RotatorError(
    "quota",
    `${credentialId}: the organisation has ${census.count} OAuth clients and may have ${census.limit}, of which ${reserve} are kept free: no new generation is made, the current one stays. ` +
      "Delete clients that nobody uses (Admin > Integrations > OAuth), lengthen rotation intervals, or ask Genesys for a higher limit.",
  );
};
