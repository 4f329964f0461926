import { GuardError } from "../model/errors.ts";
import { type HostProcess, type LaunchOptions, launch } from "./process.ts";

/** A host that serves gRPC on the loopback interface. */
export interface ServerHost extends HostProcess {
  /** `127.0.0.1:PORT` */
  readonly address: string;
}

export interface ServeOptions extends LaunchOptions {
  /** For messages: `the host of dynamic providers`. */
  what: string;
  /** Default 60. */
  startSeconds?: number;
}

/**
 * Starts a host and waits until it has printed, on its first line, the port that it listens on. Everything after
 * that line goes to `onStdout`.
 *
 * @throws GuardError `host-failed` with what it printed if it ends or stays silent
 */
export const startServer = async ({
  what,
  startSeconds = 60,
  ...options
}: ServeOptions): Promise<ServerHost> => {
  let first: string | undefined = "";
  let complaints = "";
  let announce: (port: string) => void = () => undefined;
  const port = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const host = launch({
    ...options,
    onStdout: (text) => {
      if (first === undefined) return options.onStdout(text);
      first += text;
      const end = first.indexOf("\n");
      if (end === -1) return;
      announce(first.slice(0, end).trim());
      const rest = first.slice(end + 1);
      first = undefined;
      if (rest !== "") options.onStdout(rest);
    },
    onStderr: (text) => {
      if (first === undefined) options.onStderr(text);
      else complaints += text;
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const outcome = await Promise.race([
    port,
    host.exited.then((code) => new Error(`it ended with code ${code ?? "none"}`)),
    new Promise<Error>((resolve) => {
      timer = setTimeout(
        () => resolve(new Error(`it was silent for ${startSeconds} s`)),
        startSeconds * 1000,
      );
    }),
  ]);
  clearTimeout(timer);
  const problem = outcome instanceof Error ? outcome.message : /^\d+$/.test(outcome) ? undefined : outcome;
  if (problem !== undefined) {
    await host.stop(0);
    throw new GuardError(
      "host-failed",
      [`${what} did not start: ${problem}`, complaints.trim()].join("\n").trim(),
    );
  }
  if (complaints !== "") options.onStderr(complaints);
  return { ...host, address: `127.0.0.1:${outcome as string}` };
};
