import { randomUUID } from "node:crypto";
import ipaddr from "ipaddr.js";
import type { Models } from "purecloud-platform-client-v2";
import type { Handler, SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { isAllowed } from "./addresses.ts";
import type { Actor } from "./collection.ts";
import {
  authenticationRequired,
  badCredentials,
  missingAnyPermissions,
  missingPermissions,
  notAuthorized,
  PlatformError,
} from "./errors.ts";
import type { GenesysOptions } from "./options.ts";
import { type PermissionRule, permits } from "./permissions.ts";
import { RateLimit } from "./rate-limit.ts";
import type { ClientRecord, Grant } from "./records.ts";
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

/** What every operation shares: authentication, rate limits, allowlists, permissions, usage, error bodies. */
export class Platform {
  readonly world: GenesysWorld;
  readonly switches: GenesysSwitches;
  readonly options: GenesysOptions;
  readonly #apiRate: RateLimit;
  readonly #views = new Map<
    string,
    { version: number; grants: Grant[]; policies: Models.DomainPermissionPolicy[]; checksLeft: number }
  >();

  constructor(world: GenesysWorld, switches: GenesysSwitches, options: GenesysOptions) {
    this.world = world;
    this.switches = switches;
    this.options = options;
    this.#apiRate = new RateLimit(world.now, options.rateLimitPerMinute ?? 300);
  }

  /** The address that the platform sees: one from outside, although every caller is on this machine. */
  addressOf(request: SimulatedRequest): string {
    const seen = request.sourceAddress.split(",")[0]?.trim() ?? "";
    if (!ipaddr.isValid(seen)) return seen;
    const address = ipaddr.process(seen);
    return address.range() === "loopback"
      ? (this.options.callerAddress ?? "52.204.1.10")
      : address.toString();
  }

  /** Roles and permissions of a client as the platform sees them now, which can be later than they are. */
  authorization(clientId: string): { grants: Grant[]; policies: Models.DomainPermissionPolicy[] } {
    const seen = this.#views.get(clientId);
    if (seen !== undefined && seen.version !== this.world.authorizationVersion && seen.checksLeft > 0) {
      seen.checksLeft -= 1;
      return seen;
    }
    if (seen?.version === this.world.authorizationVersion) return seen;
    const client = this.world.clients.get(clientId) ?? this.world.deletedClients.get(clientId);
    const grants = client?.grants ?? [];
    const policies = grants.flatMap(({ roleId }) => this.world.roles.get(roleId)?.permissionPolicies ?? []);
    const fresh = {
      version: this.world.authorizationVersion,
      grants,
      policies,
      checksLeft: this.options.lag?.permissionChecks ?? 0,
    };
    this.#views.set(clientId, fresh);
    return fresh;
  }

  /** Whether the caller holds the role where it gives it: in all divisions or in that one. */
  holds(clientId: string, wanted: { roleId: string; divisionId: string }): boolean {
    return this.authorization(clientId).grants.some(
      ({ roleId, divisionId }) =>
        roleId === wanted.roleId && (divisionId === "*" || divisionId === wanted.divisionId),
    );
  }

  handlers(operations: Operations): Record<string, Handler> {
    return Object.fromEntries(
      Object.entries(operations).map(([route, operation]) => [
        route,
        (request: SimulatedRequest) => this.#serve(route, operation, request),
      ]),
    );
  }

  /** Why an address may not use a client, or undefined. */
  deniedBy(client: ClientRecord | undefined, address: string): "organization" | "client" | undefined {
    const organization = this.world.settings.get("authentication")?.ipAddressAllowlist ?? [];
    if (!isAllowed(organization, address)) return "organization";
    const own = this.switches.clientAllowlist === "unavailable" ? [] : (client?.allowlist ?? []);
    return isAllowed(own, address) ? undefined : "client";
  }

  #serve(route: string, operation: Operation, request: SimulatedRequest): SimulatedResponse {
    const contextId = randomUUID();
    const [method = "", template = ""] = route.split(" ");
    let clientId: string | undefined;
    let response: SimulatedResponse;
    this.world.settle();
    try {
      const sourceAddress = this.addressOf(request);
      clientId = this.#authenticate(request, sourceAddress);
      const rate = this.#apiRate.take(request.headers.authorization ?? "");
      this.#authorize(clientId, operation.permissions);
      response = operation.run({
        request,
        route,
        world: this.world,
        platform: this,
        switches: this.switches,
        by: { clientId, sourceAddress },
        param: (name) => request.params[name] ?? "",
      });
      response = { ...response, headers: { ...rate, ...response.headers } };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
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
    return { ...response, headers: { "ININ-Correlation-Id": contextId, ...response.headers } };
  }

  #authenticate(request: SimulatedRequest, sourceAddress: string): string {
    const [scheme, value] = (request.headers.authorization ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || value === undefined) throw authenticationRequired();
    const token = this.world.tokens.get(value);
    if (token === undefined || token.revoked || token.expiresAt <= this.world.now()) throw badCredentials();
    const client = this.world.clients.get(token.clientId);
    if (!this.#keepsTokens(client?.state ?? "deleted")) throw badCredentials();
    if (this.deniedBy(client, sourceAddress) !== undefined) {
      throw this.switches.deniedAddress === "forbidden"
        ? notAuthorized("The source address is not allowed.")
        : badCredentials();
    }
    return token.clientId;
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

  #authorize(clientId: string, rule: PermissionRule | undefined): void {
    if (rule === undefined) return;
    const { policies } = this.authorization(clientId);
    if ("all" in rule) {
      const missing = rule.all.filter((permission) => !permits(policies, permission));
      if (missing.length > 0) throw missingPermissions(missing);
    } else if (!rule.any.some((permission) => permits(policies, permission))) {
      throw missingAnyPermissions(rule.any);
    }
  }
}
