import type { DeploymentOptions } from "../deploy/options.ts";
import type { RunContext } from "../deploy/run-context.ts";
import { type Analysis, noPolicies } from "./analysis.ts";

export const openPolicies = async (
  _options: DeploymentOptions,
  _context: Pick<RunContext, "emit" | "planning">,
  _engineAddress: string,
): Promise<Analysis> => noPolicies;
