import { asJson } from "../genesys/json.ts";
import { type Ending, Invocation } from "./invocation.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/**
 * AWS Lambda, as far as our functions can tell.
 *
 * Verified (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html, lambda-concurrency.html,
 * lambda-runtime-environment.html): an asynchronous event whose function fails is tried twice more, after one and two
 * minutes; a throttled one is tried again after pauses that double from 1 second to 5 minutes, for 6 hours; then it
 * goes to the dead-letter target; a synchronous caller is told TooManyRequestsException at once; an environment
 * serves one event at a time and is kept for later ones, so what a function has in memory outlives a call; after a
 * crash or a timeout it is not used again.
 * Assumed (2026-11-21): an idle environment is kept for `idleSeconds` (AWS promises nothing).
 * Gaps: cold starts take no time; no limits of memory or payload; no account-wide concurrency.
 */
export interface FunctionSettings {
  name: string;
  arn: string;
  timeoutSeconds: number;
  reservedConcurrency: number;
  /** Starts a fresh environment; the handler's outside calls must stop once the invocation is over. */
  start(environment: Environment): (event: unknown) => Promise<unknown>;
}

/** A process of one function. */
export interface Environment {
  readonly name: string;
  /** The call that it serves now. */
  invocation: Invocation;
}

export interface InvocationRecord {
  name: string;
  startedAt: number;
  endedAt: number;
  ending: Ending["kind"];
  error?: unknown;
}

export interface LambdaOptions {
  clock: VirtualClock;
  /** Default 900. */
  idleSeconds?: number;
  onEnd?(record: InvocationRecord): void;
  /** Where an asynchronous event goes that failed to the last. */
  onDeadLetter?(name: string, event: unknown, error: unknown): void;
}

export class TooManyRequestsException extends Error {
  override readonly name = "TooManyRequestsException";
  readonly status = 429;
}

/** The function failed; the message is what Lambda tells a synchronous caller. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
}

interface Deployed {
  settings: FunctionSettings;
  running: number;
  idle: { environment: Environment; handler: (event: unknown) => Promise<unknown>; since: number }[];
}

const minute = 60_000;
const retryPauses = [1 * minute, 2 * minute];
const longestThrottle = 6 * 60 * minute;

export class Lambda {
  readonly #functions = new Map<string, Deployed>();
  readonly #options: LambdaOptions;

  constructor(options: LambdaOptions) {
    this.#options = options;
  }

  deploy(settings: FunctionSettings): void {
    this.#functions.set(settings.arn, { settings, running: 0, idle: [] });
  }

  /** Calls a function and waits. @throws TooManyRequestsException, FunctionError */
  async invoke(arn: string, event: unknown): Promise<unknown> {
    const ending = await this.#run(this.#find(arn), event);
    switch (ending.kind) {
      case "returned":
        return ending.result;
      case "threw":
        throw new FunctionError(ending.error instanceof Error ? ending.error.message : String(ending.error), {
          cause: ending.error,
        });
      case "crashed":
      case "timed out":
        throw new FunctionError(`${this.#find(arn).settings.name} ${ending.kind}`);
    }
  }

  /** Takes an event and calls the function with it in its own time, at least once. */
  invokeLater(arn: string, event: unknown): void {
    const deployed = this.#find(arn);
    this.#options.clock.at(this.#options.clock.now(), () =>
      this.#deliver(deployed, event, { failures: 0, throttles: 0, since: this.#options.clock.now() }),
    );
  }

  async #deliver(
    deployed: Deployed,
    event: unknown,
    history: { failures: number; throttles: number; since: number },
  ): Promise<void> {
    const { clock, onDeadLetter } = this.#options;
    const again = (pause: number, next: Partial<typeof history>): void => {
      clock.at(clock.now() + pause, () => this.#deliver(deployed, event, { ...history, ...next }));
    };
    let error: unknown;
    try {
      const ending = await this.#run(deployed, event);
      if (ending.kind === "returned") return;
      error = ending.kind === "threw" ? ending.error : new FunctionError(ending.kind);
      const pause = retryPauses[history.failures];
      if (pause !== undefined) {
        again(pause, { failures: history.failures + 1 });
        return;
      }
    } catch (thrown) {
      if (!(thrown instanceof TooManyRequestsException)) throw thrown;
      error = thrown;
      const pause = Math.min(1000 * 2 ** history.throttles, 5 * minute);
      if (clock.now() + pause - history.since <= longestThrottle) {
        again(pause, { throttles: history.throttles + 1 });
        return;
      }
    }
    onDeadLetter?.(deployed.settings.name, event, error);
  }

  async #run(deployed: Deployed, event: unknown): Promise<Ending> {
    const { clock, onEnd } = this.#options;
    const { settings } = deployed;
    if (deployed.running >= settings.reservedConcurrency) {
      throw new TooManyRequestsException(`Rate Exceeded: ${settings.name}`);
    }
    deployed.running += 1;
    const { environment, handler } = this.#environment(deployed);
    const invocation = new Invocation();
    environment.invocation = invocation;
    const startedAt = clock.now();
    const callOff = clock.at(startedAt + settings.timeoutSeconds * 1000, () =>
      invocation.end({ kind: "timed out" }),
    );
    // The event arrives as JSON.
    handler(asJson(event)).then(
      (result) => invocation.end({ kind: "returned", result }),
      (error: unknown) => invocation.end({ kind: "threw", error }),
    );
    const ending = await invocation.ended;
    callOff();
    deployed.running -= 1;
    const survives = ending.kind === "returned" || ending.kind === "threw";
    if (survives) deployed.idle.push({ environment, handler, since: clock.now() });
    onEnd?.({
      name: settings.name,
      startedAt,
      endedAt: clock.now(),
      ending: ending.kind,
      ...(ending.kind === "threw" ? { error: ending.error } : {}),
    });
    return ending;
  }

  #environment({ settings, idle }: Deployed): Pick<Deployed["idle"][number], "environment" | "handler"> {
    const oldest = this.#options.clock.now() - (this.#options.idleSeconds ?? 900) * 1000;
    while (idle[0] !== undefined && idle[0].since < oldest) idle.shift();
    const warm = idle.pop();
    if (warm !== undefined) return warm;
    const environment: Environment = { name: settings.name, invocation: new Invocation() };
    return { environment, handler: settings.start(environment) };
  }

  #find(arn: string): Deployed {
    const deployed = this.#functions.get(arn);
    if (deployed === undefined) throw new Error(`There is no function ${arn}.`);
    return deployed;
  }
}
