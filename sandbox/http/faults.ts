/** What can go wrong with one call, on demand. */
export type Fault =
  | { kind: "status"; status: 429 | 500 | 502 | 503 | 504; retryAfterSeconds?: number; body?: unknown }
  /** The connection is cut before the call has any effect. */
  | { kind: "dropBefore" }
  /** The call takes effect, then the connection is cut without an answer. */
  | { kind: "dropAfter" }
  | { kind: "latency"; milliseconds: number };

export interface FaultRule {
  fault: Fault;
  /** Default: any method. */
  method?: string;
  /** Route template such as `/api/v2/oauth/clients/{clientId}`. Default: any route. */
  route?: string;
  /** How many matching calls pass before the rule applies. Default 0. */
  skip?: number;
  /** To how many calls the rule applies. Default: all from then on. */
  times?: number;
}

/** The faults that a simulator still has to inject; the first rule that matches a call applies. */
export class FaultPlan {
  #rules: (FaultRule & { seen: number; used: number })[] = [];

  /** Adds a rule and returns the function that takes it away again. */
  add(rule: FaultRule): () => void {
    const entry = { ...rule, seen: 0, used: 0 };
    this.#rules.push(entry);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault for this call, counting it against its rule. */
  next(method: string, route: string): Fault | undefined {
    for (const rule of this.#rules) {
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.route !== undefined && rule.route !== route) continue;
      rule.seen += 1;
      if (rule.seen <= (rule.skip ?? 0)) continue;
      if (rule.times !== undefined && rule.used >= rule.times) continue;
      rule.used += 1;
      return rule.fault;
    }
    return undefined;
  }
}
