import type { components } from "@octokit/openapi-types";
import type { Call } from "../http/call.ts";
import type { FailedDelivery, GithubLeakApi } from "./leak-api.ts";
import { pages } from "./pages.ts";
import type { Session } from "./session.ts";

type WireDelivery = components["schemas"]["hook-delivery-item"];

const timeOf = ({ delivered_at }: WireDelivery): number => Date.parse(delivered_at);

const wasTaken = ({ status_code }: WireDelivery): boolean => status_code >= 200 && status_code < 400;

/** Latest attempt first. An attempt without an answer may have no status code, so `status=failure` may not list it. */
const untaken = (attempts: readonly WireDelivery[]): FailedDelivery[] => {
  const taken = new Set(attempts.filter(wasTaken).map(({ guid }) => guid));
  const latest = new Map<string, FailedDelivery>();
  for (const { id, guid, event, delivered_at } of attempts.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    if (taken.has(guid)) continue;
    latest.set(guid, { id: Number(id), guid, event, deliveredAt: Date.parse(delivered_at) });
  }
  return [...latest.values()];
};

/** https://docs.github.com/en/rest/orgs/webhooks */
export const hookDeliveries = (
  session: () => Promise<Session>,
): Pick<GithubLeakApi, "failedDeliveries" | "redeliver"> => {
  const about = (organization: string, hookId: number) => ({
    route: "/orgs/{org}/hooks/{hook_id}/deliveries",
    params: { org: organization, hook_id: hookId },
    object: `deliveries of webhook ${hookId} of organisation ${organization}`,
  });
  return {
    failedDeliveries: async (organization, hookId, since) => {
      const call: Call = { method: "GET", ...about(organization, hookId) };
      const attempts: WireDelivery[] = [];
      for await (const page of pages<WireDelivery>(await session(), call)) {
        attempts.push(...page.filter((each) => timeOf(each) >= since));
        // The latest come first: https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
        if (page.some((each) => timeOf(each) < since)) break;
      }
      return untaken(attempts);
    },
    redeliver: async (organization, hookId, id) => {
      const { route, params } = about(organization, hookId);
      await (await session()).call({
        method: "POST",
        route: `${route}/{delivery_id}/attempts`,
        params: { ...params, delivery_id: id },
        object: `delivery ${id} of webhook ${hookId} of organisation ${organization}`,
        // The receiver knows a delivery by its GUID.
        effect: "idempotent",
      });
    },
  };
};
