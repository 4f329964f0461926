import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { type FunctionName, functionCatalog } from "../../functions/catalog.ts";
import type { RotatorPorts } from "../../functions/ports.ts";
import { createEmergency } from "../../functions/rotator/emergency.ts";
import { createReconcile } from "../../functions/rotator/reconcile.ts";
import { createRetire } from "../../functions/rotator/retire.ts";
import { createRotate } from "../../functions/rotator/rotate.ts";

type Create = (
  ports: RotatorPorts,
  declarations: RotationDeclarations,
) => (event: unknown) => Promise<unknown>;

/** The handlers that the bundles are made from. */
export const handlers: Readonly<Record<FunctionName, Create>> = {
  rotate: createRotate,
  retire: createRetire,
  reconcile: createReconcile,
  emergency: createEmergency,
};

/** The function of the catalog that a deployed one is: its handler is `NAME.handler`, or its name ends with `-NAME`. */
export const catalogName = (handler: string, name: string): FunctionName | undefined =>
  functionCatalog.find(
    (each) => handler.startsWith(`${each.name}.`) || name === each.name || name.endsWith(`-${each.name}`),
  )?.name;
