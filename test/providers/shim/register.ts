/**
 * Run by Node itself, as the engine runs a program: registers one resource of every class in the module named by
 * the first argument, and prints what the engine would get. Under jest the text of a shim would be the compiler's.
 */
import * as pulumi from "@pulumi/pulumi";
import { type ClassName, declarations, type Registered } from "./resources.ts";

const [, , module = ""] = process.argv;
const registered: Partial<Record<ClassName, Registered>> = {};

await pulumi.runtime.setMocks(
  {
    call: () => ({}),
    newResource: ({ type, inputs }) => {
      registered[type.split(":").at(-1) as ClassName] = { type, inputs };
      return { id: "id", state: inputs };
    },
  },
  "credentials",
  "prod",
  false,
  "acme",
);
const classes = (await import(module)) as Record<
  ClassName,
  new (
    name: string,
    args: object,
  ) => pulumi.CustomResource
>;
const resources = Object.entries(declarations).map(
  ([name, args]) => new classes[name as ClassName]("legacy-crm", args),
);
await Promise.all(resources.map(({ urn }) => new Promise((resolve) => pulumi.output(urn).apply(resolve))));
process.stdout.write(JSON.stringify(registered));
