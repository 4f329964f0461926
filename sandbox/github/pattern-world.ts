import { randomBytes } from "node:crypto";
import type { PostDeleteAction, Scope } from "../../apis/github/api.ts";
import type { AlertBook, AlertCount } from "./alerts.ts";
import type { Switches } from "./switches.ts";

/** https://docs.github.com/en/code-security/reference/secret-security/custom-patterns */
export const defaultDelimiters = { start: "\\A|[^0-9A-Za-z]", end: "\\z|[^0-9A-Za-z]" };

export interface PatternContent {
  pattern: string;
  startDelimiter: string;
  endDelimiter: string;
  mustMatch: string[];
  mustNotMatch: string[];
}

export interface StoredPattern extends PatternContent {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  /** What the pattern configurations call it. */
  readonly tokenType: string;
  readonly createdAt: Date;
  updatedAt: Date;
  state: "published" | "unpublished";
  /** A person has tried the present content on real repositories: the way to `published`. */
  dryRun: boolean;
  pushProtection: "not-set" | "enabled" | "disabled";
  version: string;
}

export interface ScopeState {
  /** `orgs/NAME` or `repos/OWNER/NAME`. */
  readonly key: string;
  readonly organization: boolean;
  readonly patterns: Map<number, StoredPattern>;
  /** Off: every endpoint answers 404. */
  secretScanning: boolean;
  /** Of a repository: whether pushes are stopped by the patterns that have push protection. */
  pushProtection: boolean;
  /** Of an organisation's pattern configurations; null until the first change. */
  configurationVersion: string | null;
}

const keyOf = (scope: Scope): string =>
  "organization" in scope ? `orgs/${scope.organization}` : `repos/${scope.repository}`;

const opaqueVersion = (): string => randomBytes(8).toString("base64url");

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^0-9a-z]+/g, "_")
    .replaceAll(/^_|_$/g, "");

/** What GitHub holds, and what a person can do to it by clicking: the API has no dry run and no publish. */
export class PatternWorld {
  readonly #scopes = new Map<string, ScopeState>();
  readonly #alerts: AlertBook;
  readonly #switches: Switches;
  readonly #now: () => number;
  #lastId = 0;

  constructor(
    organizations: string[],
    repositories: string[],
    options: { switches: Switches; now: () => number; alerts: AlertBook },
  ) {
    for (const organization of organizations) this.addScope({ organization });
    for (const repository of repositories) this.addScope({ repository });
    this.#alerts = options.alerts;
    this.#switches = options.switches;
    this.#now = options.now;
  }

  /** Names on GitHub ignore case. */
  scope(scope: Scope): ScopeState | undefined {
    return this.#scopes.get(keyOf(scope).toLowerCase());
  }

  protected addScope(scope: Scope): void {
    const key = keyOf(scope);
    const organization = "organization" in scope;
    this.#scopes.set(key.toLowerCase(), {
      key,
      organization,
      patterns: new Map(),
      secretScanning: true,
      pushProtection: true,
      configurationVersion: null,
    });
  }

  protected removeScope(scope: Scope): void {
    this.#scopes.delete(keyOf(scope).toLowerCase());
  }

  /** The patterns of a scope, or of all, in the order of their creation: a copy. */
  patterns(scope?: Scope): StoredPattern[] {
    const scopes = scope === undefined ? [...this.#scopes.values()] : [this.#existing(scope)];
    return structuredClone(scopes.flatMap(({ patterns }) => [...patterns.values()]));
  }

  alerts(patternId: number): AlertCount {
    return this.#alerts.count(patternId);
  }

  create(scope: ScopeState, name: string, content: PatternContent): StoredPattern {
    this.#lastId += 1;
    const now = new Date(this.#now());
    const pattern: StoredPattern = {
      ...structuredClone(content),
      id: this.#lastId,
      name,
      slug: slugOf(name),
      tokenType: `cp_${this.#switches.tokenTypeIsPatternId ? this.#lastId : this.#lastId + 1}`,
      createdAt: now,
      updatedAt: now,
      state: "unpublished",
      dryRun: false,
      pushProtection: "not-set",
      version: opaqueVersion(),
    };
    scope.patterns.set(pattern.id, pattern);
    return pattern;
  }

  /** Finds secrets: the alerts that a published pattern raises. */
  raiseAlerts(patternId: number, count: number): void {
    const { pattern } = this.find(patternId);
    if (pattern.state === "unpublished") throw new Error(`Pattern ${patternId} is not published: no alerts.`);
    this.#alerts.raise(patternId, count);
  }

  /** The click on "Save and dry run". */
  dryRun(patternId: number): void {
    this.find(patternId).pattern.dryRun = true;
  }

  /** The click on "Publish pattern": only after a dry run of the same content. */
  publish(patternId: number): void {
    const { pattern } = this.find(patternId);
    if (!pattern.dryRun) throw new Error(`Pattern ${patternId} has had no dry run: it cannot be published.`);
    pattern.state = "published";
    this.#touch(pattern, this.#switches.publishChangesVersion);
  }

  /** An edit in the settings; it closes the alerts of the version before. */
  editByHand(patternId: number, change: Partial<PatternContent>): void {
    const { pattern } = this.find(patternId);
    this.#write(pattern, change);
    this.#alerts.resolve(patternId, "pattern_edited");
  }

  deleteByHand(patternId: number, alerts: PostDeleteAction = "delete_alerts"): void {
    this.delete(this.find(patternId).scope, patternId, alerts);
  }

  /** The push protection switch in the settings of an organisation. */
  setPushProtectionByHand(patternId: number, setting: "enabled" | "disabled"): void {
    const { scope, pattern } = this.find(patternId);
    this.configure(scope, [{ pattern, setting }]);
  }

  setSecretScanning(scope: Scope, on: boolean): void {
    this.#existing(scope).secretScanning = on;
  }

  /** An edit over the API. */
  edit(pattern: StoredPattern, change: Partial<PatternContent>): void {
    this.#write(pattern, change);
    if (pattern.state === "unpublished") return;
    if (this.#switches.editClosesAlerts) this.#alerts.resolve(pattern.id, "pattern_edited");
    if (this.#switches.editStaysPublished) return;
    pattern.state = "unpublished";
    pattern.pushProtection = "not-set";
  }

  delete(scope: ScopeState, patternId: number, alerts: PostDeleteAction): void {
    scope.patterns.delete(patternId);
    if (alerts === "delete_alerts") this.#alerts.delete(patternId);
    else this.#alerts.resolve(patternId, "pattern_deleted");
  }

  configure(
    scope: ScopeState,
    settings: { pattern: StoredPattern; setting: "enabled" | "disabled" }[],
  ): void {
    for (const { pattern, setting } of settings) {
      pattern.pushProtection = setting;
      this.#touch(pattern, this.#switches.settingChangesPatternVersion);
    }
    scope.configurationVersion = opaqueVersion();
  }

  #write(pattern: StoredPattern, change: Partial<PatternContent>): void {
    Object.assign(pattern, structuredClone(change));
    pattern.dryRun = false;
    this.#touch(pattern, true);
  }

  #touch(pattern: StoredPattern, changesVersion: boolean): void {
    pattern.updatedAt = new Date(this.#now());
    if (changesVersion) pattern.version = opaqueVersion();
  }

  #existing(scope: Scope): ScopeState {
    const found = this.scope(scope);
    if (found === undefined) throw new Error(`The sandbox has no ${JSON.stringify(scope)}.`);
    return found;
  }

  protected find(patternId: number): { scope: ScopeState; pattern: StoredPattern } {
    for (const scope of this.#scopes.values()) {
      const pattern = scope.patterns.get(patternId);
      if (pattern !== undefined) return { scope, pattern };
    }
    throw new Error(`The sandbox has no pattern ${patternId}.`);
  }
}
