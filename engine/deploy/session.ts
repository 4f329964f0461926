import { configureDynamicHost, launchDynamicHost } from "../hosts/dynamic-host.ts";
import { addEngineService, type LogEntry } from "../hosts/engine-service.ts";
import { dynamicPackage, Hosts } from "../hosts/hosts.ts";
import { toLines } from "../hosts/lines.ts";
import type { ServerHost } from "../hosts/server.ts";
import { withoutStackTraces } from "../hosts/stack-traces.ts";
import type { Deployment } from "../model/deployment.ts";
import { type Analysis, noPolicies } from "../policy/analysis.ts";
import { type Served, serve } from "../wire/rpc.ts";
import { Journal } from "./journal.ts";
import { Lanes } from "./lanes.ts";
import type { DeploymentOptions } from "./options.ts";
import type { RunContext } from "./run-context.ts";

const dynamicProviderType = `pulumi:providers:${dynamicPackage}`;

/** The parts that a deployment, a refresh and a destruction have in common, started and stopped together. */
export interface Session {
  context: RunContext;
  engine: Served;
  stop(): Promise<void>;
}

/** @param startPolicies the policy packs, once the Engine service has an address */
export const openSession = async (
  options: DeploymentOptions,
  startPolicies?: (
    context: Pick<RunContext, "emit" | "planning">,
    engineAddress: string,
  ) => Promise<Analysis>,
): Promise<Session> => {
  const { planning, emit, halt } = options;
  const log = ({ severity, message, urn, ephemeral }: LogEntry): void => {
    // What a program says after the end of its deployment is the end's consequence.
    if (halt.reason !== undefined && severity === "error") return;
    emit({
      type: "diagnostic",
      severity,
      message,
      ...(urn !== undefined && { urn }),
      ...(ephemeral && { ephemeral }),
    });
  };
  const engine = await serve((server) => addEngineService(server, log));
  const say = toLines((message) => emit({ type: "diagnostic", severity: "info", message }));
  const complain = toLines((message) => emit({ type: "diagnostic", severity: "info", message }));
  const launch = (): Promise<ServerHost> =>
    launchDynamicHost({
      programDirectory: options.programDirectory,
      engineAddress: engine.address,
      environment: options.environment,
      onStdout: say.push,
      onStderr: withoutStackTraces(complain.push),
    });
  // A stack that has dynamic resources will need their host: it starts while the program does.
  let spare = (options.base.resources ?? []).some(({ type }) => type === dynamicProviderType)
    ? launch()
    : undefined;
  spare?.catch(() => undefined);
  const hosts = new Hosts({
    planning,
    bindings: options.bindings,
    environment: options.environment,
    startDynamic: async (config) => {
      const launched = spare ?? launch();
      spare = undefined;
      return configureDynamicHost(await launched, config);
    },
  });
  let policies: Analysis = noPolicies;
  const stopSpare = async (): Promise<void> => {
    const server = await spare?.catch(() => undefined);
    await server?.stop(0);
  };
  const stop = async (): Promise<void> => {
    await Promise.all([hosts.stop(), policies.stop(), stopSpare()]);
    say.end();
    complain.end();
    await engine.close();
  };
  try {
    policies = (await startPolicies?.({ emit, planning }, engine.address)) ?? noPolicies;
  } catch (error) {
    await stop();
    throw error;
  }
  const context: RunContext = {
    scope: { stack: options.stack, project: options.project },
    planning,
    journal: new Journal(ownCopy(options.base), planning ? async () => undefined : options.save),
    hosts,
    lanes: new Lanes(options.parallel),
    halt,
    policies,
    emit,
    tally: {},
  };
  for (const state of context.journal.resources()) context.hosts.configure(state);
  return { context, engine, stop };
};

/** Steps change the states themselves, but never the values in them. */
const ownCopy = (base: Deployment): Deployment => ({
  ...base,
  resources: (base.resources ?? []).map((state) => ({ ...state })),
});
