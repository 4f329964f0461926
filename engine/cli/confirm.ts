import { createInterface } from "node:readline/promises";
import { GuardError } from "../model/errors.ts";
import type { Command } from "./arguments.ts";
import type { Surroundings } from "./main.ts";

const isInteractive = (command: Command, { input, output }: Surroundings): boolean =>
  !command.nonInteractive && !command.json && input.isTTY === true && output.isTTY === true;

/**
 * Whoever is not asked must have said yes, or given up the preview.
 *
 * @throws GuardError `not-confirmed`
 */
export const requireConsent = (command: Command, surroundings: Surroundings): void => {
  if (command.yes || command.skipPreview || isInteractive(command, surroundings)) return;
  throw new GuardError(
    "not-confirmed",
    "--yes or --skip-preview must be passed in to proceed when running in non-interactive mode",
  );
};

/** Asks on the terminal; no question if the command line has answered it. */
export const confirm = async (command: Command, surroundings: Surroundings): Promise<boolean> => {
  if (command.yes || command.skipPreview) return true;
  const what = { up: "update", refresh: "refresh", destroy: "destroy" }[command.verb as "up"];
  const asking = createInterface({ input: surroundings.input, output: surroundings.output });
  try {
    const answer = await asking.question(`Do you want to perform this ${what}? (yes/no) `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
};
