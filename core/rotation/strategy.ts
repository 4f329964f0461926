import type { Capabilities } from "../capabilities.ts";
import type { RotatedCredential } from "./credential.ts";

/** How a rotation proceeds, or why it cannot. */
export type StrategyPlan =
  | { kind: "newClient" }
  | { kind: "secondSecret" }
  | { kind: "resetSecret" }
  | { kind: "refused"; why: string };

/**
 * What the declared strategy comes to on this platform. `masterId` is the credential that the functions log in with.
 */
export const planStrategy = (
  { id, strategy, actor }: Pick<RotatedCredential, "id" | "strategy" | "actor">,
  { dualSecrets }: Pick<Capabilities, "dualSecrets">,
  masterId: string,
): StrategyPlan => {
  switch (strategy) {
    case "blueGreenClients":
      return { kind: "newClient" };
    case "overlappingSecrets":
      return dualSecrets
        ? { kind: "secondSecret" }
        : {
            kind: "refused",
            why: `${id} declares the strategy overlappingSecrets, which needs the capability dualSecrets: the platform keeps one secret a client. Declare blueGreenClients.`,
          };
    case "inPlace":
      return actor === "self" || id === masterId
        ? {
            kind: "refused",
            why: `${id} declares the strategy inPlace, but is rotated with its own rights: a crash after the reset would lock it out for good. Declare blueGreenClients.`,
          }
        : { kind: "resetSecret" };
  }
};
