import { toLines } from "../hosts/lines.ts";
import { exitCodeAfterReport, startProgram } from "../hosts/program.ts";
import { openPolicies } from "../policy/policies.ts";
import { serve } from "../wire/rpc.ts";
import { deleteResources } from "./deletes.ts";
import { addMonitor } from "./monitor.ts";
import { refuseForeignState, warnOfPendingOperations } from "./old-state.ts";
import { type DeploymentOptions, type DeploymentResult, organization } from "./options.ts";
import { Registrar } from "./registrar.ts";
import { diagnose } from "./run-context.ts";
import { openSession, type Session } from "./session.ts";

/**
 * Runs the program and brings its stack to what it declares; or, planning, finds out what that would take.
 *
 * Failures of the program and of its resources are reported as events, and `succeeded` is false.
 *
 * @throws GuardError if the deployment cannot begin
 */
export const deploy = async (options: DeploymentOptions): Promise<DeploymentResult> => {
  refuseForeignState(options.base.resources ?? []);
  const session = await openSession(options, (context, engineAddress) =>
    openPolicies(options, context, engineAddress),
  );
  try {
    return await run(options, session);
  } finally {
    await session.stop();
  }
};

const run = async (options: DeploymentOptions, { context, engine }: Session): Promise<DeploymentResult> => {
  const { halt, journal, tally } = context;
  const { project, projectRoot, programDirectory, stack, config, secretKeys, planning, parallel } = options;
  if (!planning) warnOfPendingOperations(context, options.base.pending_operations ?? []);
  const olds = journal.resources();
  const registrar = new Registrar({ context, olds, config, secretKeys: new Set(secretKeys) });
  let finished = false;
  const facts = {
    project,
    projectRoot,
    programDirectory,
    stack,
    organization,
    config,
    secretKeys,
    planning,
    parallel,
  };
  const monitor = await serve((server) =>
    addMonitor(server, registrar, facts, () => {
      finished = true;
    }),
  );
  const lines = toLines((message) => {
    if (halt.reason === undefined && message !== "") diagnose(context, "info", message);
  });
  const program = startProgram({
    ...options,
    organization,
    monitorAddress: monitor.address,
    engineAddress: engine.address,
    onStdout: lines.push,
    onStderr: lines.push,
  });
  const code = await Promise.race([program.exited, halt.raised.then(() => "halted" as const)]);
  await registrar.idle();
  await program.stop(0);
  lines.end();
  await monitor.close();

  const problem = code === "halted" ? undefined : problemOf(code, finished);
  if (problem !== undefined) {
    if (problem !== "") diagnose(context, "error", problem);
    halt.raise("failed");
  }
  if (halt.reason === undefined) {
    const { seen } = registrar;
    const condemned = new Set(olds.filter((state) => state.delete || !seen.has(state.urn)));
    await deleteResources(context, condemned, olds);
  }
  await registrar.finishStack();
  if (halt.reason === undefined) {
    const { mandatory } = await context.policies.analyzeStack(registrar.states);
    if (mandatory) halt.fail();
  }
  await journal.close();
  const { pluginTypes, stackOutputs: outputs = {} } = registrar;
  return { succeeded: !halt.failed, tally, outputs, pluginTypes };
};

/** Why a program's end is no success, "" if it has said so itself; undefined if it is one. */
const problemOf = (code: number | undefined, finished: boolean): string | undefined => {
  if (code === exitCodeAfterReport) return "";
  if (code !== 0) return `the program ended with exit code ${code ?? "none"}; nothing was deleted`;
  if (finished) return undefined;
  return "the program ended before it had finished (process.exit?); what it has not declared was not deleted";
};
