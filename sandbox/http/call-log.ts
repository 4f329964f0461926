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

  record(call: Call): void {
    this.#calls.push(call);
  }

  get all(): readonly Call[] {
    return this.#calls;
  }

  /** Calls to `METHOD route`; without an argument, all calls. */
  count(routeKey?: string): number {
    return routeKey === undefined
      ? this.#calls.length
      : this.#calls.filter((call) => `${call.method} ${call.route}` === routeKey).length;
  }

  /** Calls by `METHOD route`. */
  byRoute(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method, route } of this.#calls) {
      const key = `${method} ${route}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  reset(): void {
    this.#calls = [];
  }
}
