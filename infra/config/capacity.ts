import { drainInputs, drainSeconds } from "../../core/rotation/timing.ts";
import type { CapabilitiesConfig, RotationConfig } from "./aws-schema.ts";
import type { Problem } from "./problems.ts";
import { isRotated, rotationOf } from "./rotated-clients.ts";
import type { ClientConfig } from "./schema.ts";

type Settings = { capabilities: CapabilitiesConfig; rotation: RotationConfig };

/** From being superseded to being deleted, where nobody uses the old generation any more. */
const drainOf = (client: ClientConfig, { capabilities, rotation }: Settings): number =>
  drainSeconds(
    drainInputs(
      {
        secretCacheSeconds: rotationOf(client).secretCacheSeconds,
        client: {
          name: client.name,
          accessTokenValiditySeconds: client.accessTokenValiditySeconds,
          roleDivisions: [],
        },
      },
      { ...rotation, capabilities },
    ),
  );

/** The most clients that one credential has at a time: the current one, the next one, and those that drain. */
export const mostGenerations = (client: ClientConfig, settings: Settings): number => {
  const { intervalHours, strategy } = rotationOf(client);
  if (strategy !== "blueGreenClients") return 1;
  return 2 + Math.ceil(drainOf(client, settings) / (intervalHours * 3600));
};

/** Refuses what would sooner or later stop at the organisation's limit, in the middle of a rotation. */
export const capacityProblems = (
  clients: readonly (ClientConfig | undefined)[],
  decoyCount: number,
  {
    capabilities,
    rotation,
  }: {
    capabilities: CapabilitiesConfig | undefined;
    rotation: RotationConfig | undefined;
  },
): Problem[] => {
  const clientQuota = rotation?.clientQuota;
  if (clientQuota === undefined || capabilities === undefined || rotation === undefined) return [];
  const settings = { capabilities, rotation };
  const needs = clients.flatMap((client, index) =>
    client !== undefined && isRotated(client)
      ? [{ index, client, clients: mostGenerations(client, settings) }]
      : [],
  );
  const others = clients.length - needs.length + decoyCount + rotation.quotaReserve;
  const total = (list: readonly { clients: number }[]) =>
    others + list.reduce((sum, each) => sum + each.clients, 0);
  if (total(needs) <= clientQuota) return [];
  const slower = needs.map((each) => ({ ...each, clients: Math.min(each.clients, 3) }));
  const changed = needs.filter((each) => each.clients > 3);
  const advice =
    total(slower) <= clientQuota
      ? `what fits: ${changed
          .map(
            ({ index, client }) =>
              `clients[${index}].rotation.intervalHours: ${Math.ceil(drainOf(client, settings) / 3600)}`,
          )
          .join(", ")}, or shorter token lifetimes`
      : `even with long intervals they would be ${total(slower)}; rotate fewer clients, or have the limit raised`;
  return [
    {
      path: "rotation.clientQuota",
      reason: `is ${clientQuota}, but with all generations that can live at once there would be ${total(needs)} clients (${rotation.quotaReserve} of them kept free); ${advice}`,
    },
  ];
};
