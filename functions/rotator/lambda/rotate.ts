import { steppingPorts } from "../../aws/rotator-ports.ts";
import { deployedDeclarations } from "../declarations.ts";
import { createRotate } from "../rotate.ts";

export const handler = createRotate(steppingPorts(process.env), deployedDeclarations(process.env));
