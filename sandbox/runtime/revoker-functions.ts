import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import { type LeakFunctionName, leakCatalog } from "../../functions/catalog.ts";
import type { RevokerPorts } from "../../functions/ports.ts";
import { createReceive } from "../../functions/revoker/receive.ts";
import { createReport } from "../../functions/revoker/report.ts";
import { createRevoke } from "../../functions/revoker/revoke.ts";
import { createSweep } from "../../functions/revoker/sweep.ts";
import type { HostedFunction } from "./index.ts";

type Create = (
  ports: RevokerPorts,
  rotation: RotationDeclarations,
  leak: LeakDeclarations,
) => (event: unknown) => Promise<unknown>;

const creators: Readonly<Record<LeakFunctionName, Create>> = {
  receive: (ports, _rotation, leak) => createReceive(ports, leak),
  revoke: createRevoke,
  report: (ports, _rotation, leak) => createReport(ports, leak),
  sweep: (ports, _rotation, leak) => createSweep(ports, leak),
};

/** What is deployed with the functions that answer leaks. */
export interface DeployedForLeaks {
  rotation: RotationDeclarations;
  leak: LeakDeclarations;
}

/**
 * The functions that answer leaks as they are deployed. `deployed` may be a function: a fresh environment then reads
 * what is deployed by then.
 */
export const revokerFunctions = (deployed: DeployedForLeaks | (() => DeployedForLeaks)): HostedFunction[] => {
  const current = typeof deployed === "function" ? deployed : () => deployed;
  return leakCatalog.map((definition) => ({
    definition,
    create: (ports) => {
      const { rotation, leak } = current();
      return creators[definition.name](ports, rotation, leak);
    },
  }));
};
