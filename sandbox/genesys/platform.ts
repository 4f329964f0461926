import ipaddr from "ipaddr.js";
import type { Handler, SimulatedRequest, SimulatedResponse } from "../http/responder.ts";
import { isAllowed } from "./addresses.ts";
import { Authorization } from "./authorization.ts";
import type { Actor } from "./collection.ts";
import { authenticationRequired, badCredentials, notAuthorized, PlatformError } from "./errors.ts";
import type { GenesysOptions } from "./options.ts";
import type { PermissionRule } from "./permissions.ts";
import { RateLimit } from "./rate-limit.ts";
import type { ClientRecord } from "./records.ts";
import type { GenesysSwitches } from "./switches.ts";
import type { GenesysWorld } from "./world.ts";

/** One authenticated call. */
export interface ApiCall {
  request: SimulatedRequest;
  /** Method and template, as in the route table. */
  route: string;
  world: GenesysWorld;
  platform: Platform;
  switches: GenesysSwitches;
  /** The calling client and its address. */
  by: Actor & { clientId: string; sourceAddress: string };
  param(name: string): string;
}

export interface Operation {
  /** Left out where the platform asks for a token alone. */
  permissions?: PermissionRule;
  run(call: ApiCall): SimulatedResponse;
}

export type Operations = Record<string, Operation>;

interface ServedOperation extends Operation {
  route: string;
  method: string;
  template: string;
}

/** What every operation shares: authentication, rate limits, allowlists, permissions, usage, error bodies. */
export class Platform {
  readonly world: GenesysWorld;
  readonly switches: GenesysSwitches;
  readonly options: GenesysOptions;
  readonly authorization: Authorization;
  readonly #apiRate: RateLimit;
  #served = 0;
  #last: { header: string; token: string | undefined } = { header: "", token: undefined };

  constructor(world: GenesysWorld, switches: GenesysSwitches, options: GenesysOptions) {
    this.world = world;
    this.switches = switches;
    this.options = options;
    this.authorization = new Authorization(world, options.lag?.permissionChecks ?? 0);
    this.#apiRate = new RateLimit(world.now, options.rateLimitPerMinute ?? 300);
  }

  /** The address that the platform sees: one from outside, although every caller is on this machine. */
  addressOf(request: SimulatedRequest): string {
    const own = request.sourceAddress;
    const seen = own === "127.0.0.1" ? own : (own.split(",")[0]?.trim() ?? "");
    if (seen === "127.0.0.1") return this.options.callerAddress ?? "52.204.1.10";
    if (!ipaddr.isValid(seen)) return seen;
    const address = ipaddr.process(seen);
    return address.range() === "loopback"
      ? (this.options.callerAddress ?? "52.204.1.10")
      : address.toString();
  }

  handlers(operations: Operations): Record<string, Handler> {
    return Object.fromEntries(
      Object.entries(operations).map(([route, operation]) => {
        const [method = "", template = ""] = route.split(" ");
        const served = { ...operation, route, method, template };
        return [route, (request: SimulatedRequest) => this.#serve(served, request)];
      }),
    );
  }

  /** Whether the organisation's allowlist, and the client's own where there is such a thing, let an address in. */
  admits(client: Readonly<ClientRecord> | undefined, address: string): boolean {
    const organization = this.world.settings.peek("authentication")?.ipAddressAllowlist ?? [];
    const own = this.switches.clientAllowlist === "unavailable" ? [] : (client?.allowlist ?? []);
    return isAllowed(organization, address) && isAllowed(own, address);
  }

  #serve(operation: ServedOperation, request: SimulatedRequest): SimulatedResponse {
    const contextId = this.#newContextId();
    const { route, method, template } = operation;
    let clientId: string | undefined;
    let response: SimulatedResponse;
    let rate: Record<string, string> | undefined;
    this.world.settle();
    try {
      const sourceAddress = this.addressOf(request);
      clientId = this.#authenticate(request, sourceAddress);
      rate = this.#apiRate.take(request.headers.authorization ?? "");
      this.authorization.require(clientId, operation.permissions);
      response = operation.run({
        request,
        route,
        world: this.world,
        platform: this,
        switches: this.switches,
        by: { clientId, sourceAddress },
        param: (name) => request.params[name] ?? "",
      });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      rate = undefined;
      response = { status: error.status, body: error.body(contextId), headers: error.headers };
    }
    if (clientId !== undefined) {
      this.world.usage.record({
        clientId,
        templateUri: template,
        httpMethod: method,
        status: response.status,
      });
    }
    const { status, body } = response;
    return { status, body, headers: { "inin-correlation-id": contextId, ...rate, ...response.headers } };
  }

  #authenticate(request: SimulatedRequest, sourceAddress: string): string {
    const value = this.#bearer(request.headers.authorization ?? "");
    if (value === undefined) throw authenticationRequired();
    const token = this.world.tokens.get(value);
    if (token === undefined || token.revoked || token.expiresAt <= this.world.now()) throw badCredentials();
    const client = this.world.clients.peek(token.clientId);
    if (!this.#keepsTokens(client?.state ?? "deleted")) throw badCredentials();
    if (!this.admits(client, sourceAddress)) {
      throw this.switches.deniedAddress === "forbidden"
        ? notAuthorized("The source address is not allowed.")
        : badCredentials();
    }
    return token.clientId;
  }

  /** The token in a header; undefined where there is none. A caller sends the same header again and again. */
  #bearer(header: string): string | undefined {
    if (header !== this.#last.header) {
      const [scheme, token] = header.split(" ");
      this.#last = { header, token: scheme?.toLowerCase() === "bearer" ? token : undefined };
    }
    return this.#last.token;
  }

  /** Tells one call from another, and nothing more: nobody has to be unable to guess it. */
  #newContextId(): string {
    this.#served += 1;
    return `c0000000-0000-4000-8000-${this.#served.toString(16).padStart(12, "0")}`;
  }

  #keepsTokens(state: ClientRecord["state"]): boolean {
    switch (state) {
      case "active":
        return true;
      case "disabled":
        return false;
      case "inactive":
        return this.switches.inactiveKeepsTokens;
      case "deleted":
        return this.switches.deletedClientKeepsTokens;
    }
  }
}
