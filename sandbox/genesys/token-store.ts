import { randomBytes } from "node:crypto";
import { issued } from "../secrecy/issued.ts";
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

/** The access tokens that the organisation has given out. */
export class TokenStore {
  #tokens = new Map<string, TokenRecord>();
  #world: GenesysWorld;

  constructor(world: GenesysWorld) {
    this.#world = world;
  }

  issue(clientId: string, lifetimeSeconds: number, sourceAddress: string): TokenRecord {
    const issuedAt = this.#world.now();
    const record: TokenRecord = {
      token: issued(randomBytes(48).toString("base64url")),
      clientId,
      issuedAt,
      expiresAt: issuedAt + lifetimeSeconds * 1000,
      sourceAddress,
      revoked: false,
    };
    this.#tokens.set(record.token, record);
    return record;
  }

  get(token: string): TokenRecord | undefined {
    return this.#tokens.get(token);
  }

  of(clientId: string): TokenRecord[] {
    return [...this.#tokens.values()].filter((token) => token.clientId === clientId);
  }

  /** Kills what a client has been given so far. */
  revokeAllOf(clientId: string): void {
    for (const token of this.of(clientId)) token.revoked = true;
  }
}
