import type { Models } from "purecloud-platform-client-v2";
import type { Actor, Change } from "./collection.ts";
import type { GenesysWorld } from "./world.ts";

/** Which service audits which entity type. Verified: PeoplePermissions for OAuthClient, Role and User; assumed: the rest. */
export const auditServices: Readonly<Record<string, string>> = {
  OAuthClient: "PeoplePermissions",
  AccessToken: "PeoplePermissions",
  Role: "PeoplePermissions",
  User: "PeoplePermissions",
  Division: "PeoplePermissions",
  AuthOrganization: "PeoplePermissions",
  Queue: "ContactCenter",
  Integration: "Integrations",
  Credential: "Integrations",
};

const day = 24 * 3600 * 1000;

/** Never in an audit row: what is secret, what is stored apart, what moves by itself. */
const unaudited = new Set(["id", "secret", "fields", "dateModified", "modifiedBy", "version"]);

export interface AuditEntry {
  entityType: string;
  entityId: string;
  entityName?: string | undefined;
  action: string;
  by: Actor;
  status?: "SUCCESS" | "FAILURE";
  messageCode?: string;
  propertyChanges?: () => Models.PropertyChange[];
}

/** Written out when somebody looks: few rows are ever read. */
interface LazyRow {
  at: number;
  message: Models.AuditLogMessage | undefined;
  write(): Models.AuditLogMessage;
}

/** The audit trail. A row is made when something happens, never for the sake of a query. */
export class AuditLog {
  #rows: LazyRow[] = [];
  readonly #world: GenesysWorld;
  readonly #keptDays: number;
  #nextPruning: number;
  /** The action of the next update, where it has a name of its own. */
  #nextAction: string | undefined;

  constructor(world: GenesysWorld, keptDays = Number.POSITIVE_INFINITY) {
    this.#world = world;
    this.#keptDays = keptDays;
    this.#nextPruning = world.now() + keptDays * day;
  }

  get all(): readonly Models.AuditLogMessage[] {
    return this.#rows.map((row) => {
      row.message ??= row.write();
      return row.message;
    });
  }

  /** Runs a change whose audit row carries another action than Update. */
  as(action: string, change: () => void): void {
    this.#nextAction = action;
    try {
      change();
    } finally {
      this.#nextAction = undefined;
    }
  }

  recordChange<T extends { id: string }>(entityType: string, { id, before, after, by }: Change<T>): void {
    const action = before === undefined ? "Create" : after === undefined ? "Delete" : "Update";
    const named = (after ?? before) as { name?: string; state?: string } | undefined;
    const softDeleted = entityType === "User" && action === "Update" && named?.state === "deleted";
    this.record({
      entityType,
      entityId: id,
      entityName: named?.name,
      action: softDeleted ? "Delete" : (this.#nextAction ?? action),
      by,
      propertyChanges: () => propertyChanges(before, after),
    });
  }

  record(entry: AuditEntry): void {
    this.#prune();
    const at = this.#world.now();
    const id = this.#world.newId();
    this.#rows.push({ at, message: undefined, write: () => this.#write(entry, id, at) });
  }

  #write(entry: AuditEntry, id: string, at: number): Models.AuditLogMessage {
    const { by } = entry;
    return {
      id,
      userHomeOrgId: this.#world.organization.id,
      ...(by.userId === undefined ? {} : { user: { id: by.userId } }),
      ...(by.clientId === undefined ? {} : { client: { id: by.clientId } }),
      remoteIp: by.sourceAddress === undefined ? [] : [by.sourceAddress],
      serviceName: auditServices[entry.entityType] ?? "PeoplePermissions",
      level: "USER",
      eventDate: new Date(at).toISOString(),
      action: entry.action,
      entity: { id: entry.entityId, ...(entry.entityName === undefined ? {} : { name: entry.entityName }) },
      entityType: entry.entityType,
      status: entry.status ?? "SUCCESS",
      ...(entry.messageCode === undefined ? {} : { message: { localizableMessageCode: entry.messageCode } }),
      propertyChanges: entry.propertyChanges?.() ?? [],
    } as Models.AuditLogMessage;
  }

  #prune(): void {
    const now = this.#world.now();
    if (now < this.#nextPruning) return;
    this.#nextPruning = now + day;
    const oldest = now - this.#keptDays * day;
    const kept = this.#rows.findIndex(({ at }) => at >= oldest);
    this.#rows = kept < 0 ? [] : this.#rows.slice(kept);
  }
}

const values = (value: unknown): string[] =>
  value === undefined
    ? []
    : (Array.isArray(value) ? value : [value]).map((each) =>
        typeof each === "string" ? each : JSON.stringify(each),
      );

const propertyChanges = (before: object | undefined, after: object | undefined): Models.PropertyChange[] => {
  const old: Record<string, unknown> = { ...before };
  const next: Record<string, unknown> = { ...after };
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((property) => !unaudited.has(property))
    .map((property) => ({ property, oldValues: values(old[property]), newValues: values(next[property]) }))
    .filter(({ oldValues, newValues }) => JSON.stringify(oldValues) !== JSON.stringify(newValues));
};
