import { sweepPorts } from "../../aws/sweep-ports.ts";
import { deployedLeakDeclarations } from "../declarations.ts";
import { createSweep } from "../sweep.ts";

export const handler = createSweep(sweepPorts(process.env), deployedLeakDeclarations(process.env));
