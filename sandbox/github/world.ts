import type { Scope } from "../../apis/github/api.ts";
import { alertEvent, locationEvent, scanEvent } from "./alert-shapes.ts";
import type { Alert, AlertBook, Bypass, CommitLocation, Resolution } from "./alerts.ts";
import { Apps, type InstalledApp, type NewApp } from "./apps.ts";
import { ping } from "./hook-endpoints.ts";
import type { Delivery, Hook, Hooks } from "./hooks.ts";
import type { ChooseMishap } from "./mishaps.ts";
import { PatternWorld, type StoredPattern } from "./pattern-world.ts";
import { idOf } from "./people.ts";
import { type Author, type Commit, Repositories, type Repository } from "./repositories.ts";
import { locationIn, SecretScanning } from "./secret-scanning.ts";
import type { Switches } from "./switches.ts";

export interface Push {
  /** `owner/name`. */
  repository: string;
  /** A login alone is enough: the e-mail address is then the one that GitHub gives out. */
  author: { login?: string; name?: string; email?: string };
  message?: string;
  /** By path. */
  files: Readonly<Record<string, string | Uint8Array>>;
  /** When the commit was made, in milliseconds since 1970. Default: now. */
  committedAt?: number;
  /** A person's word against push protection. */
  bypass?: Bypass;
}

export type PushResult =
  | { kind: "accepted"; commit: string; alerts: readonly Alert[] }
  /** By push protection: nothing was taken. */
  | { kind: "blocked"; secrets: readonly { path: string; line: number; pattern: string }[] };

export interface WorldOptions {
  organizations: string[];
  /** `owner/name`. */
  repositories: string[];
  switches: Switches;
  now: () => number;
  alerts: AlertBook;
  hooks: Hooks;
}

const authorOf = ({ login, name, email }: Push["author"]): Author => ({
  name: name ?? login ?? "Someone",
  // https://docs.github.com/en/account-and-profile/reference/email-addresses-reference#your-noreply-email-address
  email: email ?? `${idOf("account", login ?? "")}+${login}@users.noreply.github.com`,
  login,
});

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? Buffer.from(content) : content;

/** What GitHub holds, and what people do to it: the API has no dry run, no publish and no push. */
export class World extends PatternWorld {
  readonly apps: Apps;
  readonly #repositories = new Repositories();
  readonly #scanning: SecretScanning;
  readonly #alerts: AlertBook;
  readonly #hooks: Hooks;
  readonly #switches: Switches;
  readonly #now: () => number;

  constructor({ organizations, repositories, switches, now, alerts, hooks }: WorldOptions) {
    super(organizations, repositories, { switches, now, alerts });
    this.apps = new Apps(now);
    this.#scanning = new SecretScanning(switches);
    this.#alerts = alerts;
    this.#hooks = hooks;
    this.#switches = switches;
    this.#now = now;
    for (const name of repositories) this.#repositories.add(name, now());
    alerts.listener = {
      alertChanged: (alert, action, sender) => {
        const payload = alertEvent(alert, action, sender, switches);
        this.#tell(alert.repository, "secret_scanning_alert", action, payload);
        const [first] = alert.locations;
        if (action === "created" && first !== undefined && switches.tellsFirstLocation)
          this.#tellLocation(alert, first);
      },
      locationAdded: (alert, location) => this.#tellLocation(alert, location),
    };
  }

  /** Installs an App in an organisation, and gives what it logs in with. */
  installApp(app: NewApp): InstalledApp {
    return this.apps.install(app);
  }

  addRepository(fullName: string): void {
    this.addScope({ repository: fullName });
    this.#repositories.add(fullName, this.#now());
  }

  deleteRepository(fullName: string): void {
    this.removeScope({ repository: fullName });
    this.#repositories.delete(fullName);
  }

  repository(fullName: string): Repository | undefined {
    return this.#repositories.find(fullName);
  }

  /** Commits, and is scanned with every published pattern of the repository and its organisation. */
  push({ repository: name, author, message = "Update", files, committedAt, bypass }: Push): PushResult {
    const repository = this.#existingRepository(name);
    const patterns = this.#patternsFor(repository);
    const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, bytesOf(text)]));
    const stopping = patterns.filter(({ pushProtection }) => pushProtection === "enabled");
    const secrets = Object.entries(bytes).flatMap(([path, content]) =>
      this.#scanning.findings(content, stopping).map(({ pattern, place }) => ({
        path,
        line: place.start_line,
        pattern: pattern.name,
      })),
    );
    if (secrets.length > 0 && bypass === undefined) return { kind: "blocked", secrets };
    const at = committedAt ?? this.#now();
    const commit = repository.add({
      message,
      author: authorOf(author),
      authoredAt: at,
      committedAt: at,
      files: bytes,
    });
    repository.pushedAt = this.#now();
    const bypassed = secrets.length > 0 ? bypass : undefined;
    return {
      kind: "accepted",
      commit: commit.sha,
      alerts: this.#scan(repository, commit, patterns, bypassed),
    };
  }

  /** The click on "Publish pattern"; the whole history is then scanned. */
  override publish(patternId: number): void {
    super.publish(patternId);
    const { scope, pattern } = this.find(patternId);
    const startedAt = this.#now();
    for (const repository of this.#repositories.all()) {
      if (!this.#patternsFor(repository).includes(pattern)) continue;
      for (const commit of repository.commits) this.#scan(repository, commit, [pattern], undefined);
      const about = {
        name: pattern.name,
        scope: scope.organization ? "organization" : "repository",
      } as const;
      const payload = scanEvent(repository, about, startedAt, this.#now());
      this.#tell(repository, "secret_scanning_scan", "completed", payload);
    }
  }

  /** Undefined also where the repository is gone. */
  findAlert(repository: string, number: number): Alert | undefined {
    const found = this.#repositories.find(repository);
    return found === undefined ? undefined : this.#alerts.find(found, number);
  }

  /** Alerts of repositories that are there and scanned. */
  alertsOf(scope: Scope): Alert[] {
    const key = ("organization" in scope ? scope.organization : scope.repository).toLowerCase();
    return this.#alerts.all().filter(({ repository }) => {
      const { fullName, owner } = repository;
      const isWithin = ("organization" in scope ? owner : fullName).toLowerCase() === key;
      return isWithin && this.#isScanned(repository) && this.repository(fullName) === repository;
    });
  }

  /** By a person, or by whoever calls the API. */
  resolveAlert(alert: Alert, resolution: Resolution, by: string, comment: string | null = null): void {
    this.#alerts.resolveOne(alert, resolution, by, comment);
  }

  reopenAlert(alert: Alert, by: string, comment: string | null = null): void {
    this.#alerts.reopen(alert, by, comment);
  }

  setValidity(alert: Alert, validity: Alert["validity"], by: string): void {
    alert.validity = validity;
    this.#alerts.changed(alert, "validated", by);
  }

  assign(alert: Alert, assignee: string | undefined, by: string): void {
    alert.assignee = assignee;
    this.#alerts.changed(alert, assignee === undefined ? "unassigned" : "assigned", by);
  }

  /** GitHub finds the secret in the open. */
  leakPublicly(alert: Alert): void {
    alert.publiclyLeaked = true;
    this.#alerts.changed(alert, "publicly_leaked");
  }

  /** From now on only these may resolve the repository's alerts; undefined: whoever may write them. */
  delegateDismissal(repository: string, reviewers: readonly string[] | undefined): void {
    this.#existingRepository(repository).reviewers = reviewers;
  }

  /** A webhook made by hand. The API's own is `POST /orgs/{org}/hooks`. */
  addHook(hook: { organization: string; url: string; secret?: string; events: readonly string[] }): Hook {
    const added = this.#hooks.add({
      secret: undefined,
      contentType: "json",
      insecureSsl: "0",
      active: true,
      ...hook,
    });
    ping(this.#hooks, added);
    return added;
  }

  hooks(organization: string): readonly Hook[] {
    return this.#hooks.of(organization);
  }

  /** The latest first. */
  deliveries(hook: Hook): readonly Delivery[] {
    return this.#hooks.deliveries(hook);
  }

  /** What befalls every attempt to deliver from now on; undefined: nothing. */
  setMishaps(choose: ChooseMishap | undefined): void {
    this.#hooks.mishaps = choose;
  }

  #scan(
    repository: Repository,
    commit: Commit,
    patterns: readonly StoredPattern[],
    bypass?: Bypass,
  ): Alert[] {
    const alerts = commit.files.flatMap((file) => {
      const bytes = repository.blob(file.blobSha) ?? new Uint8Array();
      return this.#scanning.findings(bytes, patterns).flatMap((finding) => {
        const { pattern, secret } = finding;
        const location = locationIn(repository, commit, file, finding);
        const stops = pattern.pushProtection === "enabled" ? bypass : undefined;
        return this.#alerts.found(repository, pattern, secret, location, stops) ?? [];
      });
    });
    return [...new Set(alerts)];
  }

  #patternsFor(repository: Repository): StoredPattern[] {
    if (!this.#isScanned(repository)) return [];
    const scopes = [{ organization: repository.owner }, { repository: repository.fullName }];
    return scopes
      .flatMap((scope) => [...(this.scope(scope)?.patterns.values() ?? [])])
      .filter(({ state }) => state === "published");
  }

  #isScanned({ fullName }: Repository): boolean {
    return this.scope({ repository: fullName })?.secretScanning === true;
  }

  #existingRepository(fullName: string): Repository {
    const repository = this.#repositories.find(fullName);
    if (repository === undefined) throw new Error(`The sandbox has no repository ${fullName}.`);
    return repository;
  }

  #tellLocation(alert: Alert, location: CommitLocation): void {
    const payload = locationEvent(alert, location, this.#switches);
    this.#tell(alert.repository, "secret_scanning_alert_location", "created", payload);
  }

  #tell(repository: Repository, event: string, action: string, payload: object): void {
    this.#hooks.tell(repository.owner, { event, action, repositoryId: repository.id, payload });
  }
}
