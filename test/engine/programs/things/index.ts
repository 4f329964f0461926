import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

/** What the test wants the program to declare, in this order. */
export interface Declaration {
  name: string;
  kind?: "thing" | "component";
  value?: string;
  /** A change replaces the thing. */
  key?: string;
  /** Takes the value from this other thing's serial number. */
  valueFrom?: string;
  parent?: string;
  dependsOn?: string[];
  /** The value is a secret. */
  secret?: boolean;
  options?: pulumi.CustomResourceOptions;
}

/** Calls the world of the test, whose address is in the environment. */
const send = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(`${process.env.WORLD}${path}`, { method, body: JSON.stringify(body) });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.status === 500) throw new Error(`the world refused: ${answer.message}`);
  if (response.status === 202) {
    // Not an Error of a class: the host recognises the properties.
    throw Object.assign(new Error("unfinished"), {
      id: answer.id,
      // Without the undefined ones, which the host cannot carry: it would never answer.
      properties: JSON.parse(JSON.stringify({ ...(body as object), serial: answer.serial })),
      reasons: ["it is there", "it does not work"],
    });
  }
  return { ...answer, status: response.status };
};

const provider: pulumi.dynamic.ResourceProvider = {
  check: async (_olds, news) => ({
    inputs: news,
    failures:
      news.value === "bad"
        ? [
            { property: "value", reason: "must not be bad" },
            { property: "key", reason: "must be good" },
          ]
        : [],
  }),
  diff: async (_id, olds, news) => ({
    changes: olds.value !== news.value || olds.key !== news.key,
    replaces: olds.key === news.key ? [] : ["key"],
    deleteBeforeReplace: news.value === "delete first",
  }),
  create: async (inputs) => {
    const { name, value, key } = inputs;
    if (value === "die") process.exit(7);
    const { id, serial } = await send("POST", "/things", { name, value, key });
    const canary = process.env.CANARY;
    const token = canary === undefined ? {} : { token: `token ${canary} of ${serial}` };
    return { id: String(id), outs: { ...inputs, serial, ...token } };
  },
  update: async (id, olds, news) => {
    const { name, value, key } = news;
    const { serial } = await send("PUT", `/things/${id}`, { name, value, key });
    return { outs: { ...olds, ...news, serial } };
  },
  read: async (id, props) => {
    const { status, value, key } = await send("GET", `/things/${id}`);
    if (status === 404) return {};
    const { name } = props as { name: string };
    const inputs = { name, value, ...(key === undefined ? {} : { key }) };
    return { id, props: { ...props, ...inputs }, inputs };
  },
  delete: async (id) => {
    await send("DELETE", `/things/${id}`);
  },
};

class Thing extends pulumi.dynamic.Resource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/test:Thing";
  declare readonly serial: pulumi.Output<string>;
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    const all = pulumi.mergeOptions(options, { additionalSecretOutputs: ["token"] });
    super(provider, name, { ...args, serial: undefined, token: undefined }, all, "test", "Thing");
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions) {
    super("test:index:Group", name, inputs, options);
    this.registerOutputs({ title: name });
  }
}

const declarations = JSON.parse(readFileSync(process.env.DECLARATIONS ?? "", "utf8")) as Declaration[];
const declared = new Map<string, Thing | Group>();
const find = (name: string): Thing | Group => {
  const found = declared.get(name);
  if (found === undefined) throw new Error(`${name} is not declared yet`);
  return found;
};
for (const { name, kind, value, key, valueFrom, parent, dependsOn, secret, options } of declarations) {
  const all = {
    ...options,
    ...(parent !== undefined && { parent: find(parent) }),
    ...(dependsOn !== undefined && { dependsOn: dependsOn.map(find) }),
  };
  const source = valueFrom === undefined ? value : (find(valueFrom) as Thing).serial;
  const inputs = { name, value: secret ? pulumi.secret(source) : source, key };
  declared.set(name, kind === "component" ? new Group(name, {}, all) : new Thing(name, inputs, all));
}

const things = [...declared].filter((entry): entry is [string, Thing] => entry[1] instanceof Thing);
export const serials = Object.fromEntries(things.map(([name, thing]) => [name, thing.serial]));
export const tokens = Object.fromEntries(things.map(([name, thing]) => [name, thing.token]));
