import type { Readable, Writable } from "node:stream";
import { GuardError } from "../model/errors.ts";
import { parseCommand } from "./arguments.ts";
import { help } from "./help.ts";
import { operate } from "./operation.ts";
import { printOutputs } from "./outputs.ts";

/** What a command needs from the process that it runs in. */
export interface Surroundings {
  directory: string;
  environment: Readonly<Record<string, string | undefined>>;
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean };
  errors: Writable;
  /** Whether `output` shows colours. */
  color: boolean;
}

const surroundingsOfProcess = (): Surroundings => {
  // A reader that goes away, as in `guard up | head`, must not end an update in the middle.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return {
    directory: process.cwd(),
    environment: process.env,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    color: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };
};

/**
 * The `guard` command. Returns the exit code: 0, or 1 after anything went wrong.
 *
 * @param surroundings default: those of this process
 */
export const main = async (args: string[], surroundings = surroundingsOfProcess()): Promise<number> => {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) {
    surroundings.output.write(help);
    return args.length === 0 ? 1 : 0;
  }
  try {
    const command = parseCommand(args);
    if (command.verb === "outputs") return await printOutputs(command, surroundings);
    return await operate(command, command.verb, surroundings);
  } catch (error) {
    const isMistake = error instanceof GuardError && !args.includes("--debug");
    const text = isMistake
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
    surroundings.errors.write(`error: ${text}\n`);
    return 1;
  }
};
