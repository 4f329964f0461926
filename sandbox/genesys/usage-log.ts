import type { GenesysWorld } from "./world.ts";

/** One API call, as the usage queries count it: no address and no time of day are ever shown of it. */
export interface UsageEntry {
  at: number;
  clientId: string;
  templateUri: string;
  httpMethod: string;
  status: number;
}

export type UsageKind = Pick<UsageEntry, "templateUri" | "httpMethod" | "status">;

/** The calls of one client in the order of time: when, and of which kind. */
interface Calls {
  clientId: string;
  times: number[];
  kinds: number[];
}

/**
 * Every API call that came with a token, by client: a query about one client looks at its calls alone, and a call
 * takes two numbers.
 */
export class UsageLog {
  readonly #byClient = new Map<string, Calls>();
  readonly #kinds: UsageKind[] = [];
  /** Their numbers by template, method and status. */
  readonly #kindNumbers = new Map<string, Map<string, Map<number, number>>>();
  readonly #world: GenesysWorld;

  constructor(world: GenesysWorld) {
    this.#world = world;
  }

  /** Every call, by client. */
  get all(): readonly UsageEntry[] {
    const entries: UsageEntry[] = [];
    this.each(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, undefined, (at, clientId, kind) =>
      entries.push({ at, clientId, ...kind }),
    );
    return entries;
  }

  record(entry: Omit<UsageEntry, "at">): void {
    const { clientId } = entry;
    let calls = this.#byClient.get(clientId);
    if (calls === undefined) {
      calls = { clientId, times: [], kinds: [] };
      this.#byClient.set(clientId, calls);
    }
    calls.times.push(this.#world.now());
    calls.kinds.push(this.#numberOf(entry));
  }

  /** Visits the calls of a client, or of all, from a time to another, the end excluded. */
  each(
    from: number,
    to: number,
    clientId: string | undefined,
    visit: (at: number, clientId: string, kind: UsageKind) => void,
  ): void {
    const one = clientId === undefined ? undefined : this.#byClient.get(clientId);
    const asked = clientId === undefined ? this.#byClient.values() : one === undefined ? [] : [one];
    for (const calls of asked) {
      for (let index = firstFrom(calls.times, from); index < calls.times.length; index += 1) {
        const at = calls.times[index] ?? to;
        const kind = this.#kinds[calls.kinds[index] ?? -1];
        if (at >= to || kind === undefined) break;
        visit(at, calls.clientId, kind);
      }
    }
  }

  #numberOf(kind: UsageKind): number {
    const known = this.#kindNumbers.get(kind.templateUri)?.get(kind.httpMethod)?.get(kind.status);
    if (known !== undefined) return known;
    const { templateUri, httpMethod, status } = kind;
    const number = this.#kinds.push({ templateUri, httpMethod, status }) - 1;
    const ofTemplate = this.#kindNumbers.get(kind.templateUri) ?? new Map<string, Map<number, number>>();
    const ofMethod = ofTemplate.get(kind.httpMethod) ?? new Map<number, number>();
    this.#kindNumbers.set(
      kind.templateUri,
      ofTemplate.set(kind.httpMethod, ofMethod.set(kind.status, number)),
    );
    return number;
  }
}

/** Index of the first time that is not before `from`. */
const firstFrom = (times: readonly number[], from: number): number => {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return low;
};
