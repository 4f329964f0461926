import type { ApiCall } from "./platform.ts";

const keptMilliseconds = 24 * 3600 * 1000;

/** The queries of one kind that were started, each forgotten a day later. */
export class Executions<T> {
  readonly #executions = new Map<string, { startedAt: number; execution: T }>();

  add({ world }: ApiCall, id: string, execution: T): void {
    const now = world.now();
    for (const [old, { startedAt }] of this.#executions) {
      if (now - startedAt < keptMilliseconds) break;
      this.#executions.delete(old);
    }
    this.#executions.set(id, { startedAt: now, execution });
  }

  get(id: string): T | undefined {
    return this.#executions.get(id)?.execution;
  }
}
