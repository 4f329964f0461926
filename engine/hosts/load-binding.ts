import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { GuardError } from "../model/errors.ts";
import type { Binding, CreateHost } from "./binding.ts";
import { dynamicPackage } from "./hosts.ts";

/**
 * Loads what `--bind PACKAGE=MODULE` names: a module with a function `createHost`, or with that function as its
 * default export, and perhaps a list `providerReplaceKeys`. It must not have top-level await.
 *
 * @param directory what a module's path is relative to
 * @throws GuardError `bad-usage` for what is no binding, `bad-binding` for a module that cannot serve as one
 */
export const loadBindings = (bindings: readonly string[], directory: string): Map<string, Binding> => {
  const loaded = new Map<string, Binding>();
  for (const text of bindings) {
    const [, name = "", module = ""] = /^([^=]*)=(.*)$/.exec(text) ?? [];
    if (!/^[a-z][a-z0-9-]*$/.test(name) || module === "")
      throw usage(`--bind is PACKAGE=MODULE, such as aws=./bindings/aws.ts, not ${JSON.stringify(text)}`);
    if (name === dynamicPackage || name === "pulumi")
      throw usage(`--bind ${name}: that package is part of Pulumi's SDK, and has no plugin to stand in for`);
    if (loaded.has(name)) throw usage(`--bind names ${name} twice`);
    loaded.set(name, load(resolve(directory, module)));
  }
  return loaded;
};

const usage = (message: string): GuardError =>
  new GuardError("bad-usage", `${message}\nRun \`guard --help\` for usage.`);

const load = (path: string): Binding => {
  let exported: unknown;
  try {
    exported = createRequire(join(path, "..", "index.js"))(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GuardError("bad-binding", `The module ${path} of --bind cannot be loaded: ${why}`, { cause });
  }
  const { createHost, default: standard, providerReplaceKeys } = Object(exported) as Record<string, unknown>;
  const create = createHost ?? standard;
  if (typeof create !== "function")
    throw new GuardError(
      "bad-binding",
      `The module ${path} of --bind exports no function createHost, and none as its default`,
    );
  return {
    createHost: create as CreateHost,
    providerReplaceKeys: Array.isArray(providerReplaceKeys) ? providerReplaceKeys.map(String) : [],
  };
};
