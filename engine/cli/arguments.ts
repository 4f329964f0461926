import { parseArgs } from "node:util";
import { GuardError } from "../model/errors.ts";
import { type Flag, flags, foreignFlags, foreignVerbs, type Verb, verbs } from "./vocabulary.ts";

/** A command line that has been understood. */
export interface Command {
  verb: Verb;
  stack: string | undefined;
  cwd: string | undefined;
  configFile: string | undefined;
  yes: boolean;
  json: boolean;
  parallel: number | undefined;
  policyPacks: string[];
  policyPackConfigs: string[];
  /** `PACKAGE=MODULE` */
  bindings: string[];
  expectNoChanges: boolean;
  skipPreview: boolean;
  nonInteractive: boolean;
  showSecrets: boolean;
  clearPendingCreates: boolean;
  debug: boolean;
  color: string;
}

const wrong = (message: string): GuardError =>
  new GuardError("bad-usage", `${message}\nRun \`guard --help\` for usage.`);

const needsPulumi = (what: string, instead: string): GuardError =>
  new GuardError(
    "needs-pulumi",
    `${what} needs the Pulumi CLI (https://www.pulumi.com/docs/install/). ${instead}`,
  );

/**
 * Reads the command line, in Pulumi's own spelling.
 *
 * @throws GuardError `bad-usage` for what nobody knows, `needs-pulumi` for what only the Pulumi CLI can do
 */
export const parseCommand = (args: string[]): Command => {
  const { tokens } = parseArgs({
    args,
    options: Object.fromEntries(
      [...Object.entries(flags), ...Object.entries(foreignFlags)].map(([name, { type, short }]) => [
        name,
        { type, ...(short !== undefined && { short }), multiple: true },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const flag = flags[token.name];
    if (flag === undefined) throw refusal(token.name, token.rawName);
    values.set(token.name, [...(values.get(token.name) ?? []), flagValue(flag, token.rawName, token.value)]);
  }
  const verb = verbOf(words);
  for (const [name] of values)
    if (!(flags[name]?.verbs ?? verbs).includes(verb))
      throw wrong(`--${name} does not apply to guard ${verb}`);
  const command = build(verb, values);
  const { policyPacks, policyPackConfigs } = command;
  if (policyPackConfigs.length > 0 && policyPackConfigs.length !== policyPacks.length)
    throw wrong("the number of --policy-pack-config flags must match the number of --policy-pack flags");
  return command;
};

const refusal = (name: string, rawName: string): GuardError => {
  const foreign = foreignFlags[name];
  return foreign === undefined
    ? wrong(`unknown flag: ${rawName}`)
    : needsPulumi(`--${name}`, foreign.instead);
};

const flagValue = (flag: Flag, rawName: string, value: string | undefined): string => {
  if (flag.type === "string") {
    if (value === undefined || value === "") throw wrong(`flag needs an argument: ${rawName}`);
    return value.replace(/^=/, "");
  }
  if (value === undefined || value === "true") return "true";
  if (value === "false") return "false";
  throw wrong(`${rawName} is true or false, not ${JSON.stringify(value)}`);
};

const verbOf = ([verb, ...rest]: string[]): Verb => {
  if (verb === undefined) throw wrong("give a command: preview, up, refresh, destroy or outputs");
  const known = verbs.find((name) => name === verb || (verb === "update" && name === "up"));
  const foreign = foreignVerbs[verb];
  if (foreign !== undefined) throw needsPulumi(`guard ${verb}`, foreign);
  if (known === undefined) throw wrong(`unknown command ${JSON.stringify(verb)}`);
  if (rest.length > 0) throw wrong(`unexpected argument ${JSON.stringify(rest[0])} to guard ${verb}`);
  return known;
};

const build = (verb: Verb, values: ReadonlyMap<string, string[]>): Command => {
  const last = (name: string) => values.get(name)?.at(-1);
  const isSet = (name: string) => last(name) === "true";
  return {
    verb,
    stack: last("stack"),
    cwd: last("cwd"),
    configFile: last("config-file"),
    yes: isSet("yes"),
    json: isSet("json"),
    parallel: parallelOf(last("parallel")),
    policyPacks: values.get("policy-pack") ?? [],
    policyPackConfigs: values.get("policy-pack-config") ?? [],
    bindings: values.get("bind") ?? [],
    expectNoChanges: isSet("expect-no-changes"),
    skipPreview: isSet("skip-preview"),
    nonInteractive: isSet("non-interactive"),
    showSecrets: isSet("show-secrets"),
    clearPendingCreates: isSet("clear-pending-creates"),
    debug: isSet("debug"),
    color: colorOf(last("color")),
  };
};

const parallelOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw wrong(`--parallel is a whole number of operations at a time, not ${JSON.stringify(text)}`);
  // As in Pulumi, 0 means one at a time too.
  return Math.max(1, Number(text));
};

const colorOf = (text = "auto"): string => {
  if (["auto", "always", "never"].includes(text)) return text;
  throw wrong(`--color is auto, always or never, not ${JSON.stringify(text)}`);
};
