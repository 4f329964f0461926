import { functionCatalog, leakCatalog } from "../functions/catalog.ts";

/** A function of either catalog. */
export type GuardFunctionDefinition = (typeof functionCatalog)[number] | (typeof leakCatalog)[number];

export type GuardFunctionName = GuardFunctionDefinition["name"];

const definitions: readonly GuardFunctionDefinition[] = [...functionCatalog, ...leakCatalog];

export const definitionOf = (name: GuardFunctionName): GuardFunctionDefinition => {
  const found = definitions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no function "${name}"`);
  return found;
};

/** Triggers that are queues: FIFO all of them. */
const queues: readonly GuardFunctionDefinition["trigger"][] = ["emergencyQueue", "leakQueue", "reportQueue"];

/** Whether a FIFO queue feeds the function. */
export const isFedByQueue = (name: GuardFunctionName): boolean => queues.includes(definitionOf(name).trigger);

/**
 * Whether somebody waits for the function's answer: then what it fails on is its caller's affair, and there are no dead
 * letters.
 */
export const isAwaited = (name: GuardFunctionName): boolean => definitionOf(name).trigger === "webhook";
