import { receivePorts } from "../../aws/receive-ports.ts";
import { deployedLeakDeclarations } from "../declarations.ts";
import { createReceive } from "../receive.ts";

export const handler = createReceive(receivePorts(process.env), deployedLeakDeclarations(process.env));
