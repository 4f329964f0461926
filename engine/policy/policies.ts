import type { Client } from "@grpc/grpc-js";
import type { Goal } from "../deploy/goal.ts";
import { type DeploymentOptions, organization } from "../deploy/options.ts";
import { unsupported } from "../deploy/refusals.ts";
import type { RunContext } from "../deploy/run-context.ts";
import { toLines } from "../hosts/lines.ts";
import type { ServerHost } from "../hosts/server.ts";
import type { ResourceState } from "../model/deployment.ts";
import { analyzerGrpc, Empty, analyzer as messages } from "../wire/protocol.ts";
import { call, connect, rpcMessage } from "../wire/rpc.ts";
import { toStruct } from "../wire/struct.ts";
import type { Analysis } from "./analysis.ts";
import { enforcementLevels, type PolicyConfig, readPolicyConfig, reconcile } from "./config.ts";
import { startPack } from "./pack.ts";
import { analyzeRequest, analyzeStackRequest } from "./requests.ts";
import { reportViolations } from "./violations.ts";

const service = analyzerGrpc.AnalyzerService;

interface Pack {
  name: string;
  host: ServerHost;
  client: Client;
}

/**
 * Starts the policy packs and configures them.
 *
 * @throws GuardError `bad-policy-pack`, `bad-policy-config`, `unsupported` for a policy that would remediate
 */
export const openPolicies = async (
  options: DeploymentOptions,
  context: Pick<RunContext, "emit" | "planning">,
  engineAddress: string,
): Promise<Analysis> => {
  const packs: Pack[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(
      packs.map(async ({ client, host }) => {
        client.close();
        await host.stop();
      }),
    );
  };
  const lines = toLines((message) => context.emit({ type: "diagnostic", severity: "info", message }));
  try {
    for (const { directory, configFile } of options.policyPacks) {
      const given = configFile === undefined ? new Map() : readPolicyConfig(configFile);
      const { project, stack, planning, config, environment } = options;
      const about = { project, stack, organization, planning, config, environment, engineAddress };
      const host = await startPack(directory, { ...about, onOutput: lines.push });
      const client = connect(host.address);
      packs.push({ name: directory, host, client });
      const info = await call(client, service.getAnalyzerInfo, new Empty());
      const reconciled = reconcile(info, given, configFile);
      refuseRemediation(info.getName(), reconciled);
      for (const name of given.keys())
        if (name !== "all" && !reconciled.has(name))
          context.emit({
            type: "diagnostic",
            severity: "warning",
            message: `${configFile} configures ${name}, which the policy pack ${info.getName()} does not have`,
          });
      await configure(client, reconciled);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return new RunningPolicies(packs, context, options.stack, stop);
};

const refuseRemediation = (pack: string, policies: ReadonlyMap<string, PolicyConfig>): void => {
  const names = [...policies].filter(([, { level }]) => level === "remediate").map(([name]) => name);
  if (names.length === 0) return;
  throw unsupported(
    `Remediation by policies (${names.join(", ")} of ${pack})`,
    "Configure another enforcement level with --policy-pack-config, or deploy with the Pulumi CLI.",
  );
};

const configure = async (client: Client, policies: ReadonlyMap<string, PolicyConfig>): Promise<void> => {
  const request = new messages.ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of policies) {
    const config = new messages.PolicyConfig()
      .setEnforcementlevel(levelNumber(level))
      .setProperties(toStruct(properties));
    request.getPolicyconfigMap().set(name, config);
  }
  await call(client, service.configure, request);
};

const levelNumber = (level: PolicyConfig["level"]) => {
  const { ADVISORY, MANDATORY, DISABLED, REMEDIATE } = messages.EnforcementLevel;
  return [ADVISORY, MANDATORY, DISABLED, REMEDIATE][enforcementLevels.indexOf(level)] ?? ADVISORY;
};

class RunningPolicies implements Analysis {
  readonly #packs: Pack[];
  readonly #context: Pick<RunContext, "emit">;
  readonly #stack: string;
  readonly stop: () => Promise<void>;
  readonly #providers = new Map<string, ResourceState>();

  constructor(packs: Pack[], context: Pick<RunContext, "emit">, stack: string, stop: () => Promise<void>) {
    this.#packs = packs;
    this.#context = context;
    this.#stack = stack;
    this.stop = stop;
  }

  async analyze(state: ResourceState, goal: Goal): Promise<{ mandatory: boolean }> {
    if (this.#packs.length === 0) return { mandatory: false };
    const request = analyzeRequest(state, goal.ignoreChanges, this.#providers);
    const answers = await this.#askAll((client) => call(client, service.analyze, request));
    return { mandatory: reportViolations(answers, this.#context.emit, () => state.urn) };
  }

  async analyzeStack(states: ResourceState[]): Promise<{ mandatory: boolean }> {
    if (this.#packs.length === 0) return { mandatory: false };
    const request = analyzeStackRequest(states, this.#providers);
    const answers = await this.#askAll((client) => call(client, service.analyzeStack, request));
    const known = new Set(states.map(({ urn }) => urn));
    const stack = states.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? this.#stack;
    return {
      mandatory: reportViolations(answers, this.#context.emit, (urn) => (known.has(urn) ? urn : stack)),
    };
  }

  #askAll<Answer>(ask: (client: Client) => Promise<Answer>): Promise<Answer[]> {
    return Promise.all(
      this.#packs.map(async ({ name, client }) => {
        try {
          return await ask(client);
        } catch (error) {
          throw new Error(`the policy pack in ${name} failed: ${rpcMessage(error)}`);
        }
      }),
    );
  }
}
