import { issued } from "../secrecy/issued.ts";
import { randomText } from "./random-text.ts";
import type { GenesysWorld } from "./world.ts";

export interface TokenRecord {
  token: string;
  clientId: string;
  issuedAt: number;
  expiresAt: number;
  sourceAddress: string;
  /** Killed before its expiry. */
  revoked: boolean;
}

/** Below so many tokens nothing is pruned. */
const few = 1_024;

/**
 * The access tokens that the organisation has given out. Expired ones are forgotten in time: the platform refuses
 * them just as it refuses unknown ones.
 */
export class TokenStore {
  readonly #tokens = new Map<string, TokenRecord>();
  readonly #byClient = new Map<string, Set<TokenRecord>>();
  readonly #world: GenesysWorld;
  #pruneAt = few;

  constructor(world: GenesysWorld) {
    this.#world = world;
  }

  issue(clientId: string, lifetimeSeconds: number, sourceAddress: string): TokenRecord {
    const issuedAt = this.#world.now();
    const record: TokenRecord = {
      token: issued(randomText(48)),
      clientId,
      issuedAt,
      expiresAt: issuedAt + lifetimeSeconds * 1000,
      sourceAddress,
      revoked: false,
    };
    this.#tokens.set(record.token, record);
    const ofClient = this.#byClient.get(clientId);
    if (ofClient === undefined) this.#byClient.set(clientId, new Set([record]));
    else ofClient.add(record);
    if (this.#tokens.size > this.#pruneAt) {
      this.prune();
      this.#pruneAt = Math.max(few, 2 * this.#tokens.size);
    }
    return record;
  }

  get(token: string): TokenRecord | undefined {
    return this.#tokens.get(token);
  }

  has(clientId: string): boolean {
    return this.#byClient.has(clientId);
  }

  /** The tokens of a client, oldest first; some of the expired ones may be missing. */
  of(clientId: string): TokenRecord[] {
    return [...(this.#byClient.get(clientId) ?? [])];
  }

  /** Kills what a client has been given so far. */
  revokeAllOf(clientId: string): void {
    for (const token of this.#byClient.get(clientId) ?? []) token.revoked = true;
  }

  /** Forgets expired tokens. */
  prune(): void {
    const now = this.#world.now();
    for (const [clientId, tokens] of this.#byClient) {
      for (const record of tokens) {
        if (record.expiresAt > now) continue;
        tokens.delete(record);
        this.#tokens.delete(record.token);
      }
      if (tokens.size === 0) this.#byClient.delete(clientId);
    }
  }
}
