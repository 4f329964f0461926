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
  /** By method, then by route: a key of both would have to be made for every call. */
  #counts = new Map<string, Map<string, number>>();
  #total = 0;
  #keepsCalls = true;

  record(call: Call): void {
    if (this.#keepsCalls) this.#calls.push(call);
    let ofMethod = this.#counts.get(call.method);
    if (ofMethod === undefined) {
      ofMethod = new Map();
      this.#counts.set(call.method, ofMethod);
    }
    ofMethod.set(call.route, (ofMethod.get(call.route) ?? 0) + 1);
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
    if (routeKey === undefined) return this.#total;
    const [method = "", ...route] = routeKey.split(" ");
    return this.#counts.get(method)?.get(route.join(" ")) ?? 0;
  }

  /** Calls by `METHOD route`. */
  byRoute(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].flatMap(([method, routes]) =>
        [...routes].map(([route, count]): [string, number] => [`${method} ${route}`, count]),
      ),
    );
  }

  reset(): void {
    this.#calls = [];
    this.#counts.clear();
    this.#total = 0;
  }
}
