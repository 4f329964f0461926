import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { deploy } from "../deploy/deploy.ts";
import { destroy } from "../deploy/destroy.ts";
import { Halt } from "../deploy/halt.ts";
import type { DeploymentOptions, DeploymentResult } from "../deploy/options.ts";
import { refusePlugins } from "../deploy/plugin-types.ts";
import { refresh } from "../deploy/refresh.ts";
import type { Tally } from "../deploy/run-context.ts";
import { createDisplay } from "../display/display.ts";
import { loadBindings } from "../hosts/load-binding.ts";
import type { Deployment } from "../model/deployment.ts";
import type { EngineEvent } from "../model/events.ts";
import { findPassphrase } from "../secrets/passphrase.ts";
import { mapRedacted } from "../wire/values.ts";
import type { Command } from "./arguments.ts";
import { confirm, requireConsent } from "./confirm.ts";
import { onInterruption } from "./interruption.ts";
import type { Surroundings } from "./main.ts";
import { emptyDeployment, openStack, programLocation, type Stack } from "./stack.ts";

type Operation = "preview" | "up" | "refresh" | "destroy";
type Run = (options: DeploymentOptions) => Promise<DeploymentResult>;

/** Carries out `guard preview`, `up`, `refresh` or `destroy`. Returns the exit code. */
export const operate = async (
  command: Command,
  operation: Operation,
  surroundings: Surroundings,
): Promise<number> => {
  const { errors } = surroundings;
  if (operation !== "preview") requireConsent(command, surroundings);
  const stack = await openStack(command, surroundings);
  // Found missing after a create, a secret that the platform shows once would be lost.
  if (operation === "up") await findPassphrase(surroundings.environment);
  const run = runOf(command, operation);
  const halt = new Halt();
  const release = operation === "preview" ? async () => undefined : await stack.backend.lock(stack.name);
  const takeBack = onInterruption(halt, (text) => errors.write(text), release);
  try {
    const base = (await stack.backend.read(stack.name)) ?? emptyDeployment();
    const options = optionsOf(command, surroundings, stack, base, halt);
    if (operation === "preview") return (await phase(command, surroundings, "preview", options, run)).code;
    if (!command.skipPreview) {
      const planned = await phase(command, surroundings, operation, { ...options, planning: true }, run);
      if (planned.code !== 0) return planned.code;
      if (planned.pluginTypes.length > 0) throw refusePlugins(planned.pluginTypes);
      if (!(await confirm(command, surroundings))) {
        errors.write("Nothing was changed.\n");
        return 1;
      }
    }
    return (await phase(command, surroundings, operation, options, run)).code;
  } finally {
    takeBack();
    await release();
  }
};

const runOf = ({ clearPendingCreates }: Command, operation: Operation): Run => {
  if (operation === "refresh") return (options) => refresh({ ...options, clearPendingCreates });
  return operation === "destroy" ? destroy : deploy;
};

const optionsOf = (
  command: Command,
  { directory, environment }: Surroundings,
  { project, name, config, backend }: Stack,
  base: Deployment,
  halt: Halt,
): DeploymentOptions => {
  const from = command.cwd ?? directory;
  return {
    planning: command.verb === "preview",
    project: project.name,
    stack: name,
    projectRoot: project.root,
    ...programLocation(project),
    runtimeOptions: project.runtime.options,
    config: config.config,
    secretKeys: config.secretKeys,
    base,
    save: (deployment) => backend.save(name, deployment),
    policyPacks: command.policyPacks.map((pack, index) => {
      const configFile = command.policyPackConfigs[index];
      return { directory: resolve(from, pack), configFile: configFile && resolve(from, configFile) };
    }),
    bindings: loadBindings(command.bindings, from),
    parallel: command.parallel ?? 4 * availableParallelism(),
    environment,
    emit: () => undefined,
    halt,
  };
};

/** Runs one phase, the plan or the change, and shows it. */
const phase = async (
  command: Command,
  { output, color }: Surroundings,
  operation: Operation,
  options: DeploymentOptions,
  run: Run,
): Promise<{ code: number; pluginTypes: string[] }> => {
  const began = performance.now();
  const isPlan = options.planning && operation !== "preview";
  const show = createDisplay({
    kind: command.json ? "json" : "text",
    stream: output,
    color: command.color === "auto" ? color : command.color === "always",
    operation,
    secrets: options.secretKeys.map((key) => options.config.get(key) ?? ""),
  });
  // The plan of a change that goes well is no JSON document of its own: a program wants one, of what was done.
  const held: EngineEvent[] = [];
  const emit = (event: EngineEvent): void => {
    if (event.type === "diagnostic" && event.severity === "debug" && !command.debug) return;
    if (isPlan && command.json) held.push(event);
    else show(event);
  };
  const { planning, stack } = options;
  emit({ type: "prelude", operation, planning, stack, config: shownConfig(options) });
  const result = await run({ ...options, emit });
  const { tally } = result;
  let { succeeded } = result;
  // As in Pulumi, an update is judged when it is done.
  if (succeeded && !isPlan && command.expectNoChanges && hasChanges(tally)) {
    const verb = planning ? "proposed" : "made";
    emit({
      type: "diagnostic",
      severity: "error",
      message: `no changes were expected, but changes were ${verb}`,
    });
    succeeded = false;
  }
  emit({
    type: "summary",
    outcome: succeeded ? "succeeded" : "failed",
    changes: tally,
    durationSeconds: (performance.now() - began) / 1000,
    outputs: mapRedacted(result.outputs),
  });
  if (!succeeded) for (const event of held) show(event);
  return { code: succeeded ? 0 : 1, pluginTypes: result.pluginTypes };
};

const hasChanges = (tally: Tally): boolean =>
  Object.entries(tally).some(([operation, count]) => operation !== "same" && count > 0);

const shownConfig = ({ config, secretKeys }: DeploymentOptions): Record<string, string> =>
  Object.fromEntries([...config].map(([key, value]) => [key, secretKeys.includes(key) ? "[secret]" : value]));
