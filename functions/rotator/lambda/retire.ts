import { rotatorPorts } from "../../aws/rotator-ports.ts";
import { deployedDeclarations } from "../declarations.ts";
import { createRetire } from "../retire.ts";

export const handler = createRetire(rotatorPorts(process.env), deployedDeclarations(process.env));
