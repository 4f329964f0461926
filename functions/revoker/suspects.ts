import type { GithubLeakApi } from "../../apis/github/leak-api.ts";
import type { AlertId } from "../../core/leak/alert-case.ts";
import type { Candidate } from "../../core/leak/candidate.ts";
import { type Judgement, judgeCandidates } from "../../core/leak/judgement.ts";
import { findInVaults, type Vault } from "../../core/leak/vault.ts";
import { examine, type Suspect } from "./examination.ts";
import { type Findings, lookElsewhere } from "./findings.ts";
import type { Inventory } from "./inventory.ts";
import type { Revoker } from "./revoker.ts";
import { readVault } from "./vaults.ts";

/** Logins for one alert at most: every one is a call that the platform counts against us. */
const mostLogins = 10;

/** Ids that the list does not show and that are asked for one by one, at most. */
const mostAsked = 20;

/** Examined at once, after the likeliest alone. */
const batch = 3;

const isSettled = ({ verdict }: Judgement<Suspect>): boolean => verdict.kind === "live";

/** Looks for the client that the secret opens, where it is likeliest first. */
export class Suspects {
  readonly #revoker: Revoker;
  readonly #findings: Findings;
  readonly #inventory: Inventory;
  readonly #examined = new Map<string, Suspect>();
  #logins = 0;
  #isPartial: boolean;
  /** Not every store could be read, which may pass. */
  #isStoreUnread = false;
  #vaults: Readonly<Record<string, Vault>> | undefined;

  constructor(revoker: Revoker, findings: Findings, inventory: Inventory) {
    this.#revoker = revoker;
    this.#findings = findings;
    this.#inventory = inventory;
    this.#isPartial = findings.isPartial;
  }

  /** The likeliest client that is known without a call to be of the organisation. */
  get first(): string | undefined {
    return this.#findings.candidates.find(({ clientId }) => this.#inventory.known(clientId))?.clientId;
  }

  async examineFirst(): Promise<Judgement<Suspect>> {
    if (this.first !== undefined) await this.#examine(this.first);
    return this.judge();
  }

  judge(): Judgement<Suspect> {
    const isPassing = this.#isStoreUnread && !this.#isPartial;
    const isPartial = this.#isPartial || this.#isStoreUnread;
    return judgeCandidates([...this.#examined.values()], isPartial, isPassing);
  }

  /** Everywhere, until a client is found that the secret opens. */
  async find(github: GithubLeakApi, alert: AlertId): Promise<Judgement<Suspect>> {
    const { candidates } = this.#findings;
    const listed = candidates.filter(({ clientId }) => this.#inventory.known(clientId));
    const steps = [
      () => this.#examineAll(listed),
      () => this.#examineAll(candidates),
      async () => {
        const elsewhere = await lookElsewhere(github, alert, this.#findings);
        this.#isPartial ||= elsewhere.isPartial;
        await this.#examineAll(elsewhere.candidates);
      },
      () => this.#examineStored(),
    ];
    for (const step of steps) {
      await step();
      if (isSettled(this.judge())) break;
    }
    return this.judge();
  }

  async #examineAll(candidates: readonly Candidate[]): Promise<void> {
    const waiting = candidates.filter(({ clientId }) => !this.#examined.has(clientId));
    const [first, ...others] = waiting.slice(0, mostAsked);
    if (waiting.length > mostAsked) this.#isPartial = true;
    if (first === undefined) return;
    await this.#examine(first.clientId);
    for (let start = 0; start < others.length && !isSettled(this.judge()); start += batch)
      await Promise.all(others.slice(start, start + batch).map(({ clientId }) => this.#examine(clientId)));
  }

  async #examine(clientId: string, vaults?: Readonly<Record<string, Vault>>): Promise<void> {
    const described = await this.#inventory.describe(clientId);
    if (this.#logins >= mostLogins) {
      this.#isPartial = true;
      return;
    }
    // Counted before it is tried: several may be under way.
    if (described.answer.kind !== "absent") this.#logins += 1;
    this.#examined.set(
      clientId,
      await examine(this.#revoker, clientId, described, this.#findings, vaults ?? this.#vaults),
    );
  }

  /** By the looks of the secret alone, against everything that the store holds. */
  async #examineStored(): Promise<void> {
    const vaults = await this.#readVaults();
    const { found, isPartial } = findInVaults(Object.values(vaults), this.#findings.fingerprint);
    this.#isStoreUnread = isPartial;
    if (found !== undefined) await this.#examine(found.clientId, vaults);
    // A client that lost its marker is known by the store alone.
    for (const { clientId, credential } of [...this.#examined.values()])
      if (credential === undefined && Object.values(vaults).some(names(clientId)))
        await this.#examine(clientId, vaults);
  }

  async #readVaults(): Promise<Readonly<Record<string, Vault>>> {
    const { declarations, leak, ports } = this.#revoker;
    const homes = [...declarations.credentials, ...leak.clients].filter(
      ({ secretArn }) => secretArn !== undefined,
    );
    const read = await Promise.all(
      homes.map(async ({ id, secretArn }) => [id, await readVault(ports, secretArn)] as const),
    );
    this.#vaults = Object.fromEntries(read);
    return this.#vaults;
  }
}

const names =
  (clientId: string) =>
  ({ versions }: Vault): boolean =>
    versions.some((version) => version.clientId === clientId);
