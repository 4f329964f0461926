import { steppingPorts } from "../../aws/rotator-ports.ts";
import { deployedDeclarations } from "../declarations.ts";
import { createRetire } from "../retire.ts";

export const handler = createRetire(steppingPorts(process.env), deployedDeclarations(process.env));
