import { stackType } from "../wire/urn.ts";
import { redacted, withoutSecrets } from "../wire/values.ts";
import type { Command } from "./arguments.ts";
import type { Surroundings } from "./main.ts";
import { openStack } from "./stack.ts";

/** Prints the outputs of a stack: a line each, or one JSON object. Secrets are `[secret]` unless asked for. */
export const printOutputs = async (command: Command, surroundings: Surroundings): Promise<number> => {
  const { output } = surroundings;
  const { name, backend } = await openStack(command, surroundings);
  const state = await backend.read(name);
  const stack = state?.resources?.find(({ type }) => type === stackType);
  const shown = Object.entries(stack?.outputs ?? {}).map(
    ([key, value]) => [key, command.showSecrets ? withoutSecrets(value) : redacted(value)] as const,
  );
  if (command.json) {
    output.write(`${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`);
    return 0;
  }
  const width = Math.max(0, ...shown.map(([key]) => key.length));
  for (const [key, value] of shown) {
    output.write(`${key.padEnd(width)}  ${typeof value === "string" ? value : JSON.stringify(value)}\n`);
  }
  if (shown.length === 0) output.write("no outputs\n");
  return 0;
};
