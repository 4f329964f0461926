import { revokePorts } from "../../aws/revoke-ports.ts";
import { deployedLeakDeclarations, deployedRotationDeclarations } from "../declarations.ts";
import { createRevoke } from "../revoke.ts";

export const handler = createRevoke(
  revokePorts(process.env),
  deployedRotationDeclarations(process.env),
  deployedLeakDeclarations(process.env),
);
