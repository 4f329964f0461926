import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import type { ScopeState } from "./world.ts";

/** One endpoint of a family: what the token needs, and what happens in the scope that the path names. */
export interface Endpoint {
  needs: "read" | "write";
  /** The permission, as `X-Accepted-GitHub-Permissions` spells it. */
  permission: string;
  answer: (request: SimulatedRequest, scope: ScopeState) => SimulatedResponse;
}

/** `METHOD /route/{template}` to endpoint. */
export type Family = Record<string, Endpoint>;
