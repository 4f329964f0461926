import * as grpc from "@grpc/grpc-js";
import pulumi from "@pulumi/pulumi/proto/analyzer_pb.js";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** What the engine sends while a value is not known yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Resource {
  type: string;
  inputs: Record<string, unknown>;
  name?: string;
  stack?: string;
  protect?: boolean;
  /** By property: names of the resources on which it depends. */
  dependsOn?: Record<string, string[]>;
}

export interface Verdict {
  policy: string;
  level: "advisory" | "mandatory";
  message: string;
  urn: string;
}

export type PackConfig = Record<string, Record<string, unknown>>;

type Handler = (
  call: { request: unknown },
  answer: (error: Error | null | undefined, response?: unknown) => void,
) => void;

let handlers: Record<string, Handler> | undefined;

/** Loads the real pack and keeps the handlers that it would have served over gRPC. */
const service = async (): Promise<Record<string, Handler>> => {
  if (handlers !== undefined) return handlers;
  const add = jest.spyOn(grpc.Server.prototype, "addService").mockReturnValue();
  const bind = jest.spyOn(grpc.Server.prototype, "bindAsync").mockReturnValue();
  await import("../../policies/pack.ts");
  handlers = Object.fromEntries(
    Object.entries(add.mock.calls[0]?.[1] ?? {}).map(([name, handler]): [string, Handler] => [
      name,
      (call, answer) => (handler as Handler)(call, answer),
    ]),
  );
  add.mockRestore();
  bind.mockRestore();
  return handlers;
};

/** Calls one RPC of the pack. */
export const call = async (method: string, request: unknown): Promise<unknown> => {
  const handler = (await service())[method];
  if (handler === undefined) throw new Error(`The pack serves no ${method}`);
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => (error ? reject(error) : resolve(response)));
  });
};

const struct = (value: unknown): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);

const urnOf = (type: string, name: string, stack: string): string =>
  `urn:pulumi:${stack}::acme-credentials::${type}::${name}`;

export const configure = async (config: PackConfig): Promise<void> => {
  const request = new pulumi.ConfigureAnalyzerRequest();
  for (const [policy, properties] of Object.entries(config)) {
    const entry = new pulumi.PolicyConfig();
    entry.setEnforcementlevel(pulumi.EnforcementLevel.MANDATORY);
    entry.setProperties(struct(properties));
    request.getPolicyconfigMap().set(policy, entry);
  }
  await call("configure", request);
};

export const setStackTags = async (tags: Record<string, string>): Promise<void> => {
  const request = new pulumi.AnalyzerStackConfigureRequest();
  for (const [name, value] of Object.entries(tags)) request.getTagsMap().set(name, value);
  await call("configureStack", request);
};

const fill = <R extends pulumi.AnalyzeRequest | pulumi.AnalyzerResource>(
  request: R,
  resource: Resource,
): R => {
  const { type, name = "example", stack = "dev", inputs, protect = false } = resource;
  const options = new pulumi.AnalyzerResourceOptions();
  options.setProtect(protect);
  request.setType(type);
  request.setName(name);
  request.setUrn(urnOf(type, name, stack));
  request.setProperties(struct(inputs));
  request.setOptions(options);
  return request;
};

const verdicts = (response: unknown): Verdict[] =>
  (response as pulumi.AnalyzeResponse).getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: diagnostic.getEnforcementlevel() === pulumi.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
  }));

/** What the pack says about one resource before it is deployed. */
export const analyze = async (resource: Resource): Promise<Verdict[]> =>
  verdicts(await call("analyze", fill(new pulumi.AnalyzeRequest(), resource)));

/** The policies that call themselves not applicable to the resource. */
export const notApplicable = async (resource: Resource): Promise<string[]> => {
  const response = await call("analyze", fill(new pulumi.AnalyzeRequest(), resource));
  return (response as pulumi.AnalyzeResponse).getNotApplicableList().map((each) => each.getPolicyName());
};

/** What the pack says about the whole stack at the end of a preview. */
export const analyzeStack = async (resources: Resource[]): Promise<Verdict[]> => {
  const urns = new Map(
    resources.map(({ type, name = "example", stack = "dev" }) => [name, urnOf(type, name, stack)]),
  );
  const request = new pulumi.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const filled = fill(new pulumi.AnalyzerResource(), resource);
      for (const [property, names] of Object.entries(resource.dependsOn ?? {})) {
        const dependencies = new pulumi.AnalyzerPropertyDependencies();
        dependencies.setUrnsList(names.map((name) => urns.get(name) ?? name));
        filled.getPropertydependenciesMap().set(property, dependencies);
      }
      return filled;
    }),
  );
  return verdicts(await call("analyzeStack", request));
};
