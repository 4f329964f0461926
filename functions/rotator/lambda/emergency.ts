import { rotatorPorts } from "../../aws/rotator-ports.ts";
import { deployedDeclarations } from "../declarations.ts";
import { createEmergency } from "../emergency.ts";

export const handler = createEmergency(rotatorPorts(process.env), deployedDeclarations(process.env));
