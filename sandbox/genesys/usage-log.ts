import type { GenesysWorld } from "./world.ts";

/** One API call, as the usage queries count it: no address and no time of day are ever shown of it. */
export interface UsageEntry {
  at: number;
  clientId: string;
  templateUri: string;
  httpMethod: string;
  status: number;
}

/** Every API call that came with a token. */
export class UsageLog {
  #entries: UsageEntry[] = [];
  #world: GenesysWorld;

  constructor(world: GenesysWorld) {
    this.#world = world;
  }

  get all(): readonly UsageEntry[] {
    return this.#entries;
  }

  record(entry: Omit<UsageEntry, "at">): void {
    this.#entries.push({ at: this.#world.now(), ...entry });
  }
}
