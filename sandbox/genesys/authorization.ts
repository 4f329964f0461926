import type { Models } from "purecloud-platform-client-v2";
import { missingAnyPermissions, missingPermissions } from "./errors.ts";
import { type PermissionRule, permits } from "./permissions.ts";
import type { Grant } from "./records.ts";
import type { GenesysWorld } from "./world.ts";

interface View {
  grants: Grant[];
  policies: Models.DomainPermissionPolicy[];
  /** The world's `authorizationVersion` when the view was taken. */
  version: number;
  /** How many checks still go by this view once it is out of date. */
  checksLeft: number;
}

/** What each caller may do, as the platform sees it: later than it is, where the lag says so. */
export class Authorization {
  readonly #world: GenesysWorld;
  readonly #staleChecks: number;
  readonly #views = new Map<string, View>();

  constructor(world: GenesysWorld, staleChecks: number) {
    this.#world = world;
    this.#staleChecks = staleChecks;
  }

  /** Throws 403 where the caller lacks what the operation needs. */
  require(clientId: string, rule: PermissionRule | undefined): void {
    if (rule === undefined) return;
    const { policies } = this.#view(clientId);
    if ("all" in rule) {
      const missing = rule.all.filter((permission) => !permits(policies, permission));
      if (missing.length > 0) throw missingPermissions(missing);
    } else if (!rule.any.some((permission) => permits(policies, permission))) {
      throw missingAnyPermissions(rule.any);
    }
  }

  /** Whether the caller holds the role where it gives it: in all divisions, or in that one. */
  holds(clientId: string, wanted: { roleId: string; divisionId: string }): boolean {
    return this.#view(clientId).grants.some(
      ({ roleId, divisionId }) =>
        roleId === wanted.roleId && (divisionId === "*" || divisionId === wanted.divisionId),
    );
  }

  /** A view that is up to date can be taken again at any time. */
  #forgetOthers(): void {
    if (this.#staleChecks > 0 || this.#views.size < 1_000) return;
    for (const [clientId, { version }] of this.#views) {
      if (version < this.#world.authorizationVersion) this.#views.delete(clientId);
    }
  }

  #view(clientId: string): View {
    const seen = this.#views.get(clientId);
    const version = this.#world.authorizationVersion;
    if (seen?.version === version) return seen;
    if (seen !== undefined && seen.checksLeft > 0) {
      seen.checksLeft -= 1;
      return seen;
    }
    const client = this.#world.clients.peek(clientId) ?? this.#world.deletedClients.get(clientId);
    const grants = client?.grants ?? [];
    const policies = grants.flatMap(({ roleId }) => this.#world.roles.peek(roleId)?.permissionPolicies ?? []);
    const fresh = { grants, policies, version, checksLeft: this.#staleChecks };
    this.#views.set(clientId, fresh);
    this.#forgetOthers();
    return fresh;
  }
}
