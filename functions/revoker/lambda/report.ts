import { reportPorts } from "../../aws/report-ports.ts";
import { deployedLeakDeclarations } from "../declarations.ts";
import { createReport } from "../report.ts";

export const handler = createReport(reportPorts(process.env), deployedLeakDeclarations(process.env));
