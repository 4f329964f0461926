/** Thrown where work ends because the deployment has been halted; the cause has been reported already. */
export class Halted extends Error {
  constructor() {
    super("the deployment was halted");
    this.name = "Halted";
  }
}

/** After the first failure, or Ctrl-C, steps that run are waited for and no new ones begin. */
export class Halt {
  readonly raised: Promise<void>;
  #reason: "failed" | "canceled" | undefined;
  #failed = false;
  #raise: () => void = () => undefined;

  constructor() {
    this.raised = new Promise((resolve) => {
      this.#raise = resolve;
    });
  }

  get reason(): "failed" | "canceled" | undefined {
    return this.#reason;
  }

  /** Whether the deployment has failed, halted or not. */
  get failed(): boolean {
    return this.#failed || this.#reason !== undefined;
  }

  /** The deployment will have failed, but goes on so that more is found out. */
  fail(): void {
    this.#failed = true;
  }

  /** The first reason stays. */
  raise(reason: "failed" | "canceled"): void {
    this.#reason ??= reason;
    this.#raise();
  }

  /** @throws Halted */
  check(): void {
    if (this.#reason !== undefined) throw new Halted();
  }
}
