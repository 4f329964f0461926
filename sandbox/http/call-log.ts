export interface Call {
  method: string;
  /** Route template, or the path itself where no route matched. */
  route: string;
  path: string;
  status: number | "dropped";
}

/** Every call a simulator got, so that cost is asserted in calls and not in seconds. */
export class CallLog {
  #calls: Call[] = [];
  #counts = new Map<string, number>();
  #total = 0;
  #keepsCalls = true;

  record(call: Call): void {
    if (this.#keepsCalls) this.#calls.push(call);
    const key = `${call.method} ${call.route}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#total += 1;
  }

  /** From now on `all` stays as it is, for worlds with millions of calls; they are still counted. */
  keepCountsOnly(): void {
    this.#keepsCalls = false;
  }

  /** Whether calls are only counted. */
  get onlyCounts(): boolean {
    return !this.#keepsCalls;
  }

  get all(): readonly Call[] {
    return this.#calls;
  }

  /** Calls to `METHOD route`; without an argument, all calls. */
  count(routeKey?: string): number {
    return routeKey === undefined ? this.#total : (this.#counts.get(routeKey) ?? 0);
  }

  /** Calls by `METHOD route`. */
  byRoute(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  reset(): void {
    this.#calls = [];
    this.#counts.clear();
    this.#total = 0;
  }
}
