import type { Models } from "purecloud-platform-client-v2";
import { issued } from "../secrecy/issued.ts";
import { AuditLog } from "./audit-log.ts";
import { type Actor, type Change, Collection } from "./collection.ts";
import { idMaker } from "./ids.ts";
import type { GenesysOptions } from "./options.ts";
import { randomText } from "./random-text.ts";
import {
  type ClientRecord,
  type CredentialRecord,
  type DivisionRecord,
  type Grant,
  type IntegrationRecord,
  type QueueRecord,
  type RoleRecord,
  type UserRecord,
  unstamped,
} from "./records.ts";
import { differencesBetween, type Snapshot, takeSnapshot } from "./snapshot.ts";
import { stamping } from "./stamps.ts";
import type { GenesysSwitches } from "./switches.ts";
import { TokenStore } from "./token-store.ts";
import { UsageLog } from "./usage-log.ts";

const day = 24 * 3600 * 1000;

/**
 * The organisation as it really is, for tests and drills that need no HTTP call. Collections hold what exists;
 * `add`, `edit` and `remove` on them are what another administrator does by hand.
 */
export class GenesysWorld {
  readonly organization: Models.Organization & { id: string; name: string };
  readonly clients: Collection<ClientRecord>;
  /** Clients that are gone, as they were when they went. */
  readonly deletedClients = new Map<string, ClientRecord>();
  /** Soft-deleted users are among them, with state `deleted`. */
  readonly users: Collection<UserRecord>;
  readonly queues: Collection<QueueRecord>;
  readonly roles: Collection<RoleRecord>;
  readonly divisions: Collection<DivisionRecord>;
  readonly integrations: Collection<IntegrationRecord>;
  readonly credentials: Collection<CredentialRecord>;
  /** A collection of one, `authentication`. */
  readonly settings: Collection<{ id: "authentication" } & Models.OrgAuthSettings>;
  readonly tokens: TokenStore;
  readonly audits: AuditLog;
  readonly usage: UsageLog;
  /** Request fields that the vendor's model does not have and that were ignored. */
  readonly ignoredFields: { route: string; field: string }[] = [];
  readonly now: () => number;
  readonly newId: () => string;
  /** Moves with every change that can change what somebody may do. */
  authorizationVersion = 0;
  #adminId = "";
  /** No client is due to be deleted before. */
  #nextDeletion = Number.POSITIVE_INFINITY;
  readonly #namesOfDeleted = new Map<string, string>();
  #pristine: Snapshot = {};

  constructor(options: GenesysOptions) {
    this.now = options.clock ?? Date.now;
    this.newId = idMaker(options.seed);
    this.organization = {
      id: this.newId(),
      name: "Sandbox Insurance",
      defaultLanguage: "en-us",
      defaultCountryCode: "US",
      domain: "sandbox-insurance",
      version: 1,
      state: "active",
      features: {},
    };
    this.audits = new AuditLog(this, options.auditDays);
    this.usage = new UsageLog(this);
    this.tokens = new TokenStore(this);

    const collection = <T extends { id: string }>(
      entityType: string,
      stamp: (next: T, by: Actor, previous: T | undefined) => T,
    ): Collection<T> =>
      new Collection<T>({
        staleLists: options.lag?.lists ?? 0,
        staleGets: options.lag?.gets ?? 0,
        stamp,
        onChange: (change) => this.#changed(entityType, change),
        defaultActor: () => this.admin,
      });
    const { stampRecord, stampUser, stampIntegration } = stamping(() => this.isoNow());
    this.clients = collection("OAuthClient", stampRecord);
    this.users = collection("User", stampUser);
    this.queues = collection("Queue", stampRecord);
    this.credentials = collection("Credential", stampRecord);
    this.integrations = collection("Integration", stampIntegration);
    this.roles = collection("Role", (next) => next);
    this.divisions = collection("Division", (next) => next);
    this.settings = collection("AuthOrganization", (next) => next);
  }

  isoNow(): string {
    return new Date(this.now()).toISOString();
  }

  /** Who changes things by hand. */
  get admin(): Actor {
    return { userId: this.#adminId };
  }

  set adminId(id: string) {
    this.#adminId = id;
  }

  newSecret(): string {
    return issued(randomText(32));
  }

  get homeDivisionId(): string {
    return this.divisions.find((division) => division.homeDivision)?.id ?? "";
  }

  grant(roleId: string, divisionId: string): Grant {
    return { roleId, divisionId, grantMadeAt: this.isoNow() };
  }

  roleNamed(name: string): RoleRecord | undefined {
    return this.roles.find((role) => role.name === name);
  }

  /** Adds a role as an administrator would. */
  addRole(name: string, permissionPolicies: Models.DomainPermissionPolicy[] = []): RoleRecord {
    return this.roles.add({ id: this.newId(), name, permissions: [], permissionPolicies });
  }

  /** Adds an active client-credentials client as an administrator would. */
  addClient(fields: Partial<ClientRecord> & { name: string }): ClientRecord {
    return this.clients.add({
      id: this.newId(),
      accessTokenValiditySeconds: 86400,
      authorizedGrantType: "CLIENT-CREDENTIALS",
      registeredRedirectUri: [],
      scope: [],
      grants: [],
      state: "active",
      secret: this.newSecret(),
      ...unstamped,
      ...fields,
    });
  }

  /** Adds an active user as an administrator would. */
  addUser(fields: Partial<UserRecord> & { name: string; email: string }): UserRecord {
    return this.users.add({
      id: this.newId(),
      divisionId: this.homeDivisionId,
      addresses: [],
      state: "active",
      version: 0,
      grants: [],
      hasPassword: false,
      other: {},
      ...unstamped,
      ...fields,
    });
  }

  /** Adds a queue as an administrator would. */
  addQueue(fields: Partial<QueueRecord> & { name: string }): QueueRecord {
    return this.queues.add({
      id: this.newId(),
      divisionId: this.homeDivisionId,
      memberIds: [],
      activeConversations: 0,
      other: {},
      ...unstamped,
      ...fields,
    });
  }

  /** Deletes a client for good, whatever its state, as the platform does when its time has come. */
  deleteClient(clientId: string, by: Actor = this.admin): void {
    const client = this.clients.get(clientId);
    this.clients.remove(clientId, by);
    if (client !== undefined) this.deletedClients.set(clientId, { ...client, state: "deleted" });
  }

  /** Deletes a role and every grant of it. */
  deleteRole(roleId: string, by: Actor = this.admin): void {
    this.roles.remove(roleId, by);
    for (const holders of [this.clients, this.users] as const) {
      for (const holder of holders.all()) {
        const grants = holder.grants.filter((grant) => grant.roleId !== roleId);
        if (grants.length < holder.grants.length)
          (holders as Collection<ClientRecord>).edit(holder.id, { grants }, by);
      }
    }
  }

  /** Does what the platform does on its own by now: deletes the clients whose time has come. */
  settle(): void {
    if (this.now() < this.#nextDeletion) return;
    this.#nextDeletion = Number.POSITIVE_INFINITY;
    for (const { id, dateToDelete } of this.clients.stored()) {
      if (dateToDelete === undefined) continue;
      if (Date.parse(dateToDelete) <= this.now()) this.deleteClient(id, {});
      else this.#expectDeletion(dateToDelete);
    }
  }

  /** Forgets what no call can ask for any more: expired tokens, and deleted clients but for their names. */
  prune(deletedClientReads: GenesysSwitches["deletedClientReads"]): void {
    this.tokens.prune();
    if (deletedClientReads === "deletedState") return;
    for (const [id, { name }] of this.deletedClients) {
      if (this.tokens.has(id)) continue;
      this.#namesOfDeleted.set(id, name);
      this.deletedClients.delete(id);
    }
  }

  /** The name of a client that exists or existed. */
  clientName(clientId: string): string {
    const client = this.clients.peek(clientId) ?? this.deletedClients.get(clientId);
    return client?.name ?? this.#namesOfDeleted.get(clientId) ?? "";
  }

  #expectDeletion(dateToDelete: string): void {
    this.#nextDeletion = Math.min(this.#nextDeletion, Date.parse(dateToDelete));
  }

  inSevenDays(): string {
    return new Date(this.now() + 7 * day).toISOString();
  }

  isOlderThan30Days(client: ClientRecord): boolean {
    return this.now() - Date.parse(client.dateCreated) > 30 * day;
  }

  /** Everything that a deployment can leave behind, by kind and id. Soft-deleted users are left out. */
  snapshot(): Snapshot {
    this.settle();
    return takeSnapshot(this);
  }

  /** One line for every object that differs from the snapshot; without one, from the organisation at the start. */
  differences(since: Snapshot = this.#pristine): string[] {
    return differencesBetween(since, this.snapshot());
  }

  /** Whether the organisation is as it was at the start, but for soft-deleted users, audits and usage. */
  isPristine(): boolean {
    return this.differences().length === 0;
  }

  /** Takes the organisation as it is now for the start. */
  markPristine(): void {
    this.#pristine = this.snapshot();
  }

  #changed<T extends { id: string }>(entityType: string, change: Change<T>): void {
    if (["OAuthClient", "User", "Role"].includes(entityType)) this.authorizationVersion += 1;
    const { dateToDelete } = (change.after ?? {}) as Partial<ClientRecord>;
    if (dateToDelete !== undefined) this.#expectDeletion(dateToDelete);
    this.audits.recordChange(entityType, change);
  }
}
