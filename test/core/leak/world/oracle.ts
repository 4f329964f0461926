import type { AlertCase } from "../../../../core/leak/alert-case.ts";
import type { Evidence } from "../../../../core/leak/evidence.ts";
import type { LeakRecord } from "../../../../core/leak/leak-record.ts";
import type { Vault } from "../../../../core/leak/vault.ts";
import type { Faults } from "./platform.ts";
import type { Leaked } from "./worker.ts";
import type { TrueClient, World } from "./world.ts";

/** What was told to the decisions when they had a client stopped. */
export interface KillBasis {
  vault: Vault;
  evidence: Evidence;
  of: AlertCase;
  record: LeakRecord;
}

const hour = 3_600_000;

/**
 * Knows the truth, and asks no decision for it. A kill is right if the leaked secret opens the client at that moment.
 * Two more are allowed. What was begun may be done again: we reset the client, crashed, and nobody has its new secret.
 * And the stated rule: the store holds the secret as the client's newest while the platform calls it active, and the
 * login could tell nothing, or our own reset in place was cut off before the store had the new secret.
 */
export class Oracle {
  readonly #world: World;
  readonly faults: string[] = [];
  kills = { right: 0, byRule: 0, resumed: 0 };
  readonly #killTimes: { at: number; leak: string; isReleased: boolean }[] = [];
  readonly #releasedLeaks = new Set<string>();
  /** Alerts at whose last look the secret could be traced to its client. */
  readonly #traceable = new Map<Leaked, boolean>();

  constructor(world: World) {
    this.#world = world;
  }

  #wrong(what: string): void {
    this.faults.push(what);
  }

  /** Noted at each look: only what the file or the store names can be found. */
  looks(leaked: Leaked, _faults: Faults): void {
    const owner = this.ownerOf(leaked.secret);
    const isNamed = owner !== undefined && leaked.candidates.includes(owner.clientId);
    this.#traceable.set(leaked, isNamed || this.#isStored(leaked.secret, owner));
  }

  #isStored(secret: string, owner: TrueClient | undefined): boolean {
    return this.#world.vaults.some(({ versions }) =>
      [...versions.values()].some((each) => each.fingerprint === secret && each.clientId === owner?.clientId),
    );
  }

  /** The client of the organisation that the secret opens now. */
  ownerOf(secret: string): TrueClient | undefined {
    for (const client of this.#world.clients.values())
      if (client.secret === secret && client.state === "active" && !client.isForeign) return client;
    return undefined;
  }

  /** A person may release the leak through any of its alerts. */
  attempts(leaked: Leaked, clientId: string, { release }: AlertCase): void {
    if (release?.decision === "contain") this.#releasedLeaks.add(`${clientId} ${leaked.secret}`);
  }

  stops(leaked: Leaked, clientId: string, basis: KillBasis): TrueClient {
    const { secret } = leaked;
    const client = this.#world.clients.get(clientId);
    if (client === undefined) throw new Error("a client was stopped that does not exist");
    this.#judgeKill(client, secret, basis);
    const { leak, now } = this.#world;
    if (leak.settings.mode === "dryRun") this.#wrong(`dry run: ${clientId} was stopped`);
    if (client.isDecoy) this.#wrong(`decoy: ${clientId} was stopped`);
    if (client.isForeign) this.#wrong(`foreign: ${clientId} was stopped`);
    const leakName = `${clientId} ${secret}`;
    const isReleased = this.#releasedLeaks.has(leakName);
    if (!isReleased && this.#isProtected(client)) this.#wrong(`protected: ${clientId} was stopped`);
    if (!this.#killTimes.some((each) => each.leak === leakName && each.at > now - hour))
      this.#killTimes.push({ at: now, leak: leakName, isReleased });
    const recent = this.#killTimes.filter((each) => each.at > now - hour && !each.isReleased);
    if (!isReleased && recent.length > leak.settings.hourlyCap && recent.at(-1)?.leak === leakName)
      this.#wrong(`hourly cap: ${recent.length} within an hour`);
    return client;
  }

  #judgeKill(client: TrueClient, secret: string, { evidence, record }: KillBasis): void {
    if (client.secret === secret && client.state === "active") {
      this.kills.right += 1;
      return;
    }
    const newest = this.#newestStored(client.clientId);
    const isStored = newest === secret && client.state === "active";
    const isUnnoted = record.containedAt === undefined;
    if (client.isSecretLost && isUnnoted) {
      this.kills.resumed += 1;
      return;
    }
    const isHalfReplaced = record.inPlace === true && isUnnoted;
    if (isStored && (isHalfReplaced || (isUnnoted && !this.#isPlainRefusal(client, evidence)))) {
      this.kills.byRule += 1;
      return;
    }
    const told = JSON.stringify({ evidence, record, newest });
    this.#wrong(
      `wrong kill: ${client.clientId} (${client.state}) has ${client.secret}, leaked ${secret}, ${told}`,
    );
  }

  #isPlainRefusal(client: TrueClient, { login }: Evidence): boolean {
    return login.kind === "refused" && client.allowlist === "none";
  }

  #newestStored(clientId: string): string | undefined {
    for (const { versions } of this.#world.vaults)
      for (const stage of ["AWSPENDING", "AWSCURRENT", "AWSPREVIOUS"] as const) {
        const version = versions.get(stage);
        if (version?.clientId === clientId) return version.fingerprint;
      }
    return undefined;
  }

  #isProtected({ clientId, description }: TrueClient): boolean {
    const { protectedIds, clients } = this.#world.leak;
    const owner = this.#world.vaults.find(
      (vault) => vault.owner && description?.startsWith(`${vault.owner}#`),
    );
    const ids = [owner?.id, clients.find((each) => each.clientId === clientId)?.id];
    return ids.some((id) => id !== undefined && protectedIds.includes(id));
  }

  /** At the end of everything: where each alert must have got to. */
  endOf(
    leaked: Leaked,
    of: AlertCase,
    wasTold: { security: boolean; resolved: boolean; dismissed: boolean },
  ): void {
    const name = `${leaked.alert.number} of ${leaked.secret}`;
    const { action } = of;
    const isHeld = action?.kind === "hold" && wasTold.security;
    if (of.closedAt === undefined && !isHeld) this.#wrong(`not accounted for: ${name} ${JSON.stringify(of)}`);
    const owner = this.ownerOf(leaked.secret);
    if (owner === undefined) return;
    if (of.containedAt !== undefined) this.#wrong(`said to be contained, but live: ${name}`);
    const isTraceable = this.#traceable.get(leaked) === true;
    if (owner.isDecoy && isTraceable && wasTold.resolved && !wasTold.dismissed)
      this.#wrong(`decoy given away: ${name} ${JSON.stringify(of)}`);
    const isLeftAlone = of.release?.decision === "dismiss" || (owner.isDecoy && action?.kind === "alertOnly");
    if (isTraceable && !isHeld && !isLeftAlone)
      this.#wrong(`missed: ${name} opens ${owner.clientId}, ${JSON.stringify(of)}`);
  }
}
