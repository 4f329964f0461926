import type { RotationApi } from "../../apis/genesys/api.ts";
import type { LeakDeclarations } from "../../core/leak/declarations.ts";
import type { RotatedCredential, RotationDeclarations } from "../../core/rotation/credential.ts";
import { PortError, type RevokerPorts, type RotatorPorts } from "../ports.ts";
import { createRotator, type Rotator } from "../rotator/rotator.ts";
import { RevokerError } from "./errors.ts";

export type RevokePorts = Pick<
  RevokerPorts,
  | "clock"
  | "log"
  | "metrics"
  | "secrets"
  | "ledger"
  | "scheduler"
  | "emergencies"
  | "platform"
  | "reports"
  | "cases"
  | "github"
>;

/** What the parts of the function share while its process lives. */
export interface Revoker {
  readonly ports: RevokePorts;
  readonly declarations: RotationDeclarations;
  readonly leak: LeakDeclarations;
  /** Keeps the sessions of the platform. */
  readonly rotator: Rotator;
}

/** What the rotator's parts would need for work that is not done here. */
const unused: Pick<RotatorPorts, "trigger" | "newHolder"> = {
  trigger: {
    rotateNow: async () => {
      throw new PortError("denied", "The function that answers leaks starts no rotation.");
    },
  },
  newHolder: () => {
    throw new PortError("denied", "The function that answers leaks holds leases in the name of its message.");
  },
};

export const createRevoker = (
  ports: RevokePorts,
  declarations: RotationDeclarations,
  leak: LeakDeclarations,
): Revoker => ({ ports, declarations, leak, rotator: createRotator({ ...ports, ...unused }, declarations) });

/** With whose rights most is done. @throws RevokerError bad-declarations */
export const masterOf = ({ declarations }: Revoker): RotatedCredential => {
  const master = declarations.credentials.find(({ id }) => id === declarations.masterId);
  if (master === undefined)
    throw new RevokerError(
      "bad-declarations",
      "The master credential is not declared. Deploy the stack again.",
    );
  return master;
};

export type { RotationApi };
