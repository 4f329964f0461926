import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { type FunctionName, functionCatalog } from "../../functions/catalog.ts";
import type { RotatorPorts } from "../../functions/ports.ts";
import { createEmergency } from "../../functions/rotator/emergency.ts";
import { createReconcile } from "../../functions/rotator/reconcile.ts";
import { createRetire } from "../../functions/rotator/retire.ts";
import { createRotate } from "../../functions/rotator/rotate.ts";
import type { HostedFunction } from "./index.ts";

type Create = (
  ports: RotatorPorts,
  declarations: RotationDeclarations,
) => (event: unknown) => Promise<unknown>;

const creators: Readonly<Record<FunctionName, Create>> = {
  rotate: createRotate,
  retire: createRetire,
  reconcile: createReconcile,
  emergency: createEmergency,
};

/**
 * The rotator's functions as they are deployed with these declarations. `declarations` may be a function: a fresh
 * environment then reads what is deployed by then.
 */
export const rotatorFunctions = (
  declarations: RotationDeclarations | (() => RotationDeclarations),
): HostedFunction[] => {
  const deployed = typeof declarations === "function" ? declarations : () => declarations;
  return functionCatalog.map((definition) => ({
    definition,
    create: (ports) => creators[definition.name](ports, deployed()),
  }));
};
