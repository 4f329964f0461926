import { setTimeout as sleep } from "node:timers/promises";
import { credentialsFromEnvironment, regionFromEnvironment } from "../../apis/aws/environment.ts";
import { type AwsSession, createAwsSession } from "../../apis/aws/session.ts";
import { type Clock, PortError } from "../ports.ts";

/** The line as it is: `console` would put the time and the request's id before it. */
export const writeLine = (line: string): void => {
  process.stdout.write(line);
};

/** Makes it when it is first asked for: a function has only the variables of the ports that it uses. */
export const later = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** @throws PortError invalid, for a variable that is not set */
export const variablesOf =
  (environment: NodeJS.ProcessEnv) =>
  (name: string): string => {
    const value = environment[name]?.trim() ?? "";
    if (value !== "") return value;
    throw new PortError("invalid", `The function's variable ${name} is not set. Deploy the stack again.`);
  };

export const lambdaSession = (environment: NodeJS.ProcessEnv): AwsSession =>
  createAwsSession({
    region: regionFromEnvironment(environment),
    credentials: credentialsFromEnvironment(environment),
    environment,
  });

export const lambdaClock: Clock = {
  now: Date.now,
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};
