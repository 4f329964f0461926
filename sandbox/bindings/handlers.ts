import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import {
  type FunctionName,
  functionCatalog,
  type LeakFunctionName,
  leakCatalog,
} from "../../functions/catalog.ts";
import type { RevokerPorts, RotatorPorts } from "../../functions/ports.ts";
import { createReceive } from "../../functions/revoker/receive.ts";
import { createReport } from "../../functions/revoker/report.ts";
import { createRevoke } from "../../functions/revoker/revoke.ts";
import { createSweep } from "../../functions/revoker/sweep.ts";
import { createEmergency } from "../../functions/rotator/emergency.ts";
import { createReconcile } from "../../functions/rotator/reconcile.ts";
import { createRetire } from "../../functions/rotator/retire.ts";
import { createRotate } from "../../functions/rotator/rotate.ts";

type Handler = (event: unknown) => Promise<unknown>;

/** What lies beside a function's bundle. */
export interface DeployedFiles {
  declarations: RotationDeclarations;
  /** Of the functions that answer leaks alone. */
  leak: LeakDeclarations | undefined;
}

type Name = FunctionName | LeakFunctionName;

type Create = (ports: RotatorPorts & RevokerPorts, files: DeployedFiles) => Handler;

const rotating =
  (create: (ports: RotatorPorts, declarations: RotationDeclarations) => Handler): Create =>
  (ports, { declarations }) =>
    create(ports, declarations);

const answering =
  (
    create: (ports: RevokerPorts, declarations: RotationDeclarations, leak: LeakDeclarations) => Handler,
  ): Create =>
  (ports, { declarations, leak }) => {
    if (leak === undefined) throw new Error("leak.json cannot be read: it is not there.");
    return create(ports, declarations, leak);
  };

/** The handlers that the bundles are made from. */
export const handlers: Readonly<Record<Name, Create>> = {
  rotate: rotating(createRotate),
  retire: rotating(createRetire),
  reconcile: rotating(createReconcile),
  emergency: rotating(createEmergency),
  receive: answering((ports, _, leak) => createReceive(ports, leak)),
  revoke: answering(createRevoke),
  report: answering((ports, _, leak) => createReport(ports, leak)),
  sweep: answering((ports, _, leak) => createSweep(ports, leak)),
};

const names: readonly Name[] = [...functionCatalog, ...leakCatalog].map(({ name }) => name);

/** The function of the catalog that a deployed one is: its handler is `NAME.handler`, or its name ends with `-NAME`. */
export const catalogName = (handler: string, name: string): Name | undefined =>
  names.find((each) => handler.startsWith(`${each}.`) || name === each || name.endsWith(`-${each}`));
