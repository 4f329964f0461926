import { rotatorPorts } from "../../aws/rotator-ports.ts";
import { deployedDeclarations } from "../declarations.ts";
import { createReconcile } from "../reconcile.ts";

export const handler = createReconcile(rotatorPorts(process.env), deployedDeclarations(process.env));
