/** How one call of a function ended. */
export type Ending =
  | { kind: "returned"; result: unknown }
  | { kind: "threw"; error: unknown }
  /** The process died between two calls, or took longer than it may. */
  | { kind: "crashed" }
  | { kind: "timed out" };

/**
 * One call of a function. Once it is over, what the function still does has no effect and never ends: its process is
 * gone.
 */
export class Invocation {
  #isOver = false;
  #end: (ending: Ending) => void = () => {};
  readonly ended: Promise<Ending>;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(ending: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#end(ending);
  }
}

/** What a process that is gone waits for. Each time another promise: one for all would hold on to all who wait. */
export const never = (): Promise<never> => new Promise(() => {});
