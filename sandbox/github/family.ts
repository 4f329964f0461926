import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import type { Needs } from "./access.ts";
import type { ScopeState } from "./pattern-world.ts";

/** One endpoint of a family: what the token needs, and what happens in the scope that the path names. */
export interface Endpoint extends Needs {
  /** It answers though secret scanning is off. */
  needsNoScanning?: boolean;
  answer: (
    request: SimulatedRequest,
    scope: ScopeState,
    /** GitHub login of who calls. */
    actor: string,
  ) => SimulatedResponse;
}

/** `METHOD /route/{template}` to endpoint. */
export type Family = Record<string, Endpoint>;
