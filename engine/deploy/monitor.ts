import type { Server } from "@grpc/grpc-js";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { ResourceState } from "../model/deployment.ts";
import { GuardError } from "../model/errors.ts";
import { Empty, resource as messages, resourceGrpc } from "../wire/protocol.ts";
import { unary } from "../wire/rpc.ts";
import { fromStruct } from "../wire/struct.ts";
import { withoutOutputs } from "../wire/values.ts";
import { parseGoal } from "./goal.ts";
import { Halted } from "./halt.ts";
import { unsupported, unsupportedOptions } from "./refusals.ts";
import type { Registrar } from "./registrar.ts";
import { mapResponse } from "./response.ts";
import { diagnose } from "./run-context.ts";

/** What the program is told about its deployment, on the command line and here. */
export interface DeploymentFacts {
  project: string;
  projectRoot: string;
  programDirectory: string;
  stack: string;
  organization: string;
  config: ReadonlyMap<string, string>;
  secretKeys: readonly string[];
  planning: boolean;
  parallel: number;
}

/**
 * The features that the SDK asks for by name. A feature that is answered with no makes the SDK complain about an
 * old CLI; so all are answered with yes, and what a program then uses is refused by name.
 */
const features = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "replacementTrigger",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

/** Never answers: the program is about to be stopped, and must not make a story of its own out of a failure. */
const silence = new Promise<never>(() => undefined);

/**
 * Serves the ResourceMonitor to the program.
 *
 * @param onFinished called when the program has declared all it has to declare
 */
export const addMonitor = (
  server: Server,
  registrar: Registrar,
  facts: DeploymentFacts,
  onFinished: () => void,
): void => {
  const { context } = registrar;
  const refuse = (error: GuardError, urn?: string): Promise<never> => {
    diagnose(context, "error", error.message, urn);
    context.halt.raise("failed");
    return silence;
  };

  const register = async (request: RegisterResourceRequest): Promise<ResourceState> => {
    const options = unsupportedOptions(request);
    const label = `${request.getType()} "${request.getName()}"`;
    if (options.length > 0) return refuse(unsupported(`${options.join(", ")} (of ${label})`));
    try {
      return await registrar.register(parseGoal(request, facts));
    } catch (error) {
      if (error instanceof Halted) return silence;
      return refuse(
        new GuardError("bad-registration", `${label}: ${error instanceof Error ? error.message : error}`),
      );
    }
  };

  server.addService(resourceGrpc.ResourceMonitorService, {
    supportsFeature: unary((request: { getId(): string }) =>
      new messages.SupportsFeatureResponse().setHassupport(features.has(request.getId())),
    ),
    getDeploymentInfo: unary(() => {
      const info = new messages.DeploymentInfo()
        .setProject(facts.project)
        .setStack(facts.stack)
        .setOrganization(facts.organization)
        .setConfigsecretkeysList([...facts.secretKeys])
        .setDryrun(facts.planning)
        .setParallel(facts.parallel)
        .setSupportedfeaturesList(featureNumbers());
      for (const [key, value] of facts.config) info.getConfigMap().set(key, value);
      return info;
    }),
    registerResource: unary(async (request: RegisterResourceRequest) =>
      mapResponse(request, await register(request)),
    ),
    registerResourceOutputs: unary(async (request: RegisterResourceOutputsRequest) => {
      const outputs = fromStruct(request.getOutputs());
      const plain = Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, withoutOutputs(value, new Set())]),
      );
      await registrar.setOutputs(request.getUrn(), plain);
      return new Empty();
    }),
    invoke: unary((request: { getTok(): string }) =>
      refuse(
        unsupported(
          `The function ${request.getTok()} belongs to a provider plugin, and calling it`,
          "Give the value in the stack's configuration instead, or deploy with the Pulumi CLI.",
        ),
      ),
    ),
    call: unary((request: { getTok(): string }) =>
      refuse(unsupported(`The method ${request.getTok()} of a remote component`)),
    ),
    readResource: unary((request: { getType(): string; getName(): string }) =>
      refuse(
        unsupported(
          `Reading ${request.getType()} "${request.getName()}", which the stack does not manage (a static get, or a StackReference),`,
        ),
      ),
    ),
    existsResource: unary(() => refuse(unsupported("Asking whether a resource exists"))),
    registerStackTransform: unary(() => refuse(unsupported("A transform of the whole stack"))),
    registerStackInvokeTransform: unary(() => refuse(unsupported("A transform of function calls"))),
    registerResourceHook: unary(() => refuse(unsupported("A resource hook"))),
    registerErrorHook: unary(() => refuse(unsupported("An error hook"))),
    registerPackage: unary((request: { getName(): string }) =>
      refuse(unsupported(`The parameterized package ${request.getName()}`)),
    ),
    signalAndWaitForShutdown: unary(() => {
      onFinished();
      return new Empty();
    }),
  });
};

const featureNumbers = () => {
  const all = messages.ResourceMonitorFeature;
  return [
    all.RESOURCE_MONITOR_FEATURE_SECRETS,
    all.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    all.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    all.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    all.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    all.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    all.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    all.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    all.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    all.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    all.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    all.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
  ];
};
