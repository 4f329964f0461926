import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { parse } from "yaml";
import { awsKeys } from "../../infra/config/aws-config.ts";
import program from "../../infra/index.ts";

export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** The types of the components that it is below, outermost first. */
  parents: string[];
  protect: boolean;
  /** Name of its provider; "" for a default one. */
  provider: string;
}

export interface ProgramRun {
  registered: readonly Registered[];
  outputs: Record<string, unknown>;
  ofType(type: string): Registered[];
  one(type: string, name: string): Registered;
}

type Config = Record<string, unknown>;

/** A stack's configuration as its file has it. */
export const stackConfig = (stack: string): Config =>
  parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")).config;

/** The same clients and traps, with nothing in AWS. */
export const withoutAws = (config: Config): Config => {
  const only = ["aws:region", "github:owner", ...awsKeys.map((key) => `genesys-credential-guard:${key}`)];
  const { clients, ...rest } = Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => !only.includes(key))
      .map(([key, value]) => [key.replace("genesys-credential-guard:", ""), value]),
  );
  const changed = {
    ...rest,
    runtime: "none",
    clients: (clients as Config[]).map(({ rotation: _, ...client }) => client),
    egress: { ...(rest.egress as Config), primary: ["52.204.1.10"], "disaster-recovery": ["44.232.17.20"] },
  };
  return Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [`genesys-credential-guard:${key}`, value]),
  );
};

export const settled = <T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> =>
  new Promise((resolve) => {
    pulumi.output(output).apply(resolve);
  });

/** The value of an input that is a secret; of any other the input itself. https://www.pulumi.com/docs/iac/concepts/secrets/ */
export const revealed = (input: unknown): unknown =>
  Object(input)["4dabf18193072939515e22adb298388d"] === "1b47061264138c4ac30d75fd1eb44270"
    ? (input as { value: unknown }).value
    : input;

/** What AWS would say of a resource that it has made. */
const made = (type: string, name: string): Record<string, unknown> => {
  const arn = `arn:of:${type}:${name}`;
  const addresses: Record<string, string> = {
    "us-east-1a": "198.51.100.1",
    "us-east-1b": "198.51.100.2",
    "us-west-2a": "203.0.113.1",
    "us-west-2b": "203.0.113.2",
  };
  if (type === "aws:ec2/eip:Eip") return { publicIp: addresses[name], allocationId: `${name}-allocation` };
  if (type === "aws:sqs/queue:Queue") return { arn, url: `https://sqs/${name}` };
  if (type === "aws:apigateway/restApi:RestApi") return { arn, executionArn: `${arn}:execution` };
  if (type === "aws:apigateway/stage:Stage") return { arn, invokeUrl: `https://api/${name}` };
  if (type === "random:index/randomPassword:RandomPassword") return { result: `${name}-mock` };
  return { arn };
};

/** What the platform would. */
const platform = (name: string) => ({
  clientId: `${name}-id`,
  userId: `${name}-id`,
  queueId: `${name}-id`,
  clientSecret: `${name}-mock`,
  roleDivisions: [{ roleId: `${name}-role`, divisionId: "home" }],
  slug: `${name}-slug`,
});

type Register = (request: RegisterResourceRequest, ...rest: never[]) => unknown;

/** The mocks' URNs name the nearest parent alone. */
const parentsOf = (urn: string, registered: readonly Registered[]): string[] => {
  const [types = "", name = ""] = urn.split("::").slice(2);
  const type = types.split("$").at(-1);
  const parent = registered.find((each) => each.type === type && each.name === name);
  return parent === undefined ? [] : [...parent.parents, parent.type];
};

/** Runs the program with this configuration, with an engine that creates nothing. */
export const runProgram = async (config: Config): Promise<ProgramRun> => {
  const registered: Registered[] = [];
  // The SDK takes a stack for every promise, and jest maps each to the sources: most of the time, for nothing.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`${token} asks AWS`);
      },
      newResource: ({ type, name, inputs }) => {
        registered.push({
          type,
          name,
          inputs,
          parents: parentsOf(request?.getParent() ?? "", registered),
          protect: request?.getProtect() === true,
          provider: request?.getProvider().split("::").at(-2) ?? "",
        });
        const answer = type.startsWith("pulumi-nodejs:") ? platform(name) : made(type, name);
        const id = type === "github:index/organizationWebhook:OrganizationWebhook" ? "4711" : `${name}-id`;
        return { id, state: { name: `${name}-name`, ...inputs, ...answer } };
      },
    },
    "genesys-credential-guard",
    "prod",
    false,
    "acme",
  );
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error("There is no monitor");
  const register: Register = monitor.registerResource.bind(monitor);
  let request: RegisterResourceRequest | undefined;
  Object.assign(monitor, {
    // The mocks are asked before the first wait, and are not told these.
    registerResource: (...[message, ...rest]: Parameters<Register>) => {
      request = message;
      return register(message, ...rest);
    },
  });
  const outputs = await program();
  // The outputs of what is registered last are the last to resolve.
  await settled(pulumi.output(outputs));
  await pulumi.runtime.disconnect();
  Error.stackTraceLimit = stackTraceLimit;
  const ofType = (type: string) => registered.filter((each) => each.type === type);
  const one = (type: string, name: string) => {
    const found = ofType(type).filter((each) => each.name === name);
    if (found.length !== 1 || found[0] === undefined) {
      throw new Error(`There are ${found.length} ${type} "${name}"`);
    }
    return found[0];
  };
  return { registered, outputs, ofType, one };
};

/** The outputs that docs/outputs.md describes. */
export const documentedOutputs = (): string[] =>
  [...readFileSync("docs/outputs.md", "utf8").matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)]
    .flatMap(([, names = ""]) => names.replaceAll("`", "").split(", "))
    .sort();
