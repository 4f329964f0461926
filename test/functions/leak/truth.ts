/** Who knows what is true: of every client, whether the secret that leaked opens it, and who may be stopped for it. */
import type { AlertId } from "../../../core/leak/alert-case.ts";
import { parseSecretValue } from "../../../core/rotation/secret-value.ts";
import type { OutsideCall } from "../../../sandbox/runtime/index.ts";
import type { Pair } from "../revoker/world.ts";
import type { Rules, Town } from "./town.ts";

/** One push of one secret. */
export interface Leaked {
  secret: string;
  /** Whose it is or was, of our organisation. */
  ownerId: string | undefined;
  /** Its own id, and no other, is in the pushed files. */
  isNamed: boolean;
  isBackfill: boolean;
  alert: AlertId;
}

interface Change {
  id: string;
  before: { secret: string; state: string; description?: string } | undefined;
  after: { secret: string; state: string } | undefined;
}

const hour = 3_600_000;

export class Truth {
  readonly #town: Town;
  readonly #rules: Rules;
  readonly leaks: Leaked[] = [];
  readonly faults: string[] = [];
  /** Secrets that a person has let go, by decision. */
  readonly released = new Map<string, Set<"contain" | "dismiss">>();
  /** Every secret that any client of the organisation ever had. */
  readonly everSecrets = new Map<string, string>();
  /** Secrets that somebody had for once: what only the platform ever saw leaks nowhere. */
  readonly known: Set<string>;
  readonly kills = { right: 0, resumed: 0, inUse: 0, wrong: 0 };
  /** What a client was given when it was stopped: nobody has it unless it is stored. */
  readonly #given = new Map<string, { secret: string; leaked: string }>();
  readonly #killTimes: { at: number; leak: string }[] = [];
  #caller: { functionName: string; target: string } | undefined;
  /** A person changes something. */
  isByHand = false;

  constructor(town: Town, rules: Rules) {
    this.#town = town;
    this.#rules = rules;
    const { clients } = town.world.genesys.world;
    for (const { id, secret } of clients.all()) this.everSecrets.set(secret, id);
    this.known = new Set(this.everSecrets.keys());
    clients.onChange((change) => this.#changed(change));
  }

  /** Asked before every call. */
  notes({ functionName, port, operation, target }: OutsideCall): void {
    if (port === "platform" && !operation.startsWith("GET") && !operation.includes("token"))
      this.#caller = { functionName, target };
  }

  /** The client that the secret opens now. */
  ownerOf(secret: string): string | undefined {
    const id = this.everSecrets.get(secret);
    const client = id === undefined ? undefined : this.#town.world.genesys.world.clients.peek(id);
    return client?.secret === secret && client.state === "active" ? id : undefined;
  }

  /** Whether the store's current value of that credential or client opens it. */
  isServed(id: string): boolean {
    const { clientId, clientSecret } = this.#town.world.value(id);
    return this.ownerOf(clientSecret) === clientId;
  }

  isDecoy = (id: string | undefined): boolean => this.#town.decoys.some(({ clientId }) => clientId === id);

  /** Every pair under a label of the store. */
  stored(): (Pair & { stage: string; name: string })[] {
    return [...this.#town.world.aws.secretsManager.store.all].flatMap(({ labels, versions, name }) =>
      [...labels].flatMap(([stage, versionId]) => {
        const value = versions.get(versionId)?.value;
        const parsed = value === undefined ? undefined : parseSecretValue(value);
        return parsed === undefined ? [] : [{ ...parsed, stage, name }];
      }),
    );
  }

  /** What a function did to a client is judged at that moment. */
  #changed({ id, before, after }: Change): void {
    if (after !== undefined) this.everSecrets.set(after.secret, id);
    if (before === undefined || this.isByHand || before.state !== "active") return;
    const isReset = after !== undefined && after.secret !== before.secret;
    const isStopped = after === undefined || after.state !== "active";
    if (!isReset && !isStopped) return;
    const by = this.#caller?.target.includes(id) ? this.#caller.functionName : "the platform";
    if (isReset && !this.#given.has(id) && this.#isNobodys(before)) return;
    if (by === "revoke") this.#judge(id, before.secret, after?.secret);
    else this.#judgeRotation(id, by, isReset, before.description ?? "");
  }

  /** A client of our own making whose secret never came back from its creation: it is given another. */
  #isNobodys({ secret, description = "" }: { secret: string; description?: string }): boolean {
    const isStored = this.stored().some(({ clientSecret }) => clientSecret === secret);
    return (
      description.includes(this.#town.world.rotation.stackPrefix) && !isStored && !this.known.has(secret)
    );
  }

  /** The rotator takes out of service what nobody is given any more, or resets what is rotated in place. */
  #judgeRotation(id: string, by: string, isReset: boolean, description: string): void {
    const { world } = this.#town;
    if (!description.includes(world.rotation.stackPrefix))
      this.#wrong(`${by} touched ${id}, which is not ours`);
    if (isReset) {
      const inPlace = world.rotation.credentials.filter(({ strategy }) => strategy === "inPlace");
      if (!inPlace.some((each) => world.value(each.id).clientId === id)) this.#wrong(`${by} reset ${id}`);
      return;
    }
    const labels = this.stored().filter(({ clientId, stage }) => clientId === id && stage !== "AWSPREVIOUS");
    if (labels.length > 0 && !this.#given.has(id))
      this.#wrong(`${by} stopped ${id}, which is ${labels.map(({ stage }) => stage).join()}`);
  }

  #judge(id: string, secret: string, next: string | undefined): void {
    const leaks = this.leaks.filter((each) => each.secret === secret && each.ownerId === id);
    const given = this.#given.get(id);
    const isStored = this.stored().some(({ clientSecret }) => clientSecret === secret);
    const isResumed = leaks.length === 0 && given?.secret === secret && !isStored;
    const leaked = isResumed ? given.leaked : secret;
    if (leaks.length === 0 && !isResumed) {
      this.kills.wrong += 1;
      this.#wrong(`wrong kill: ${id} was stopped for what does not open it`);
    }
    this.#judgeRules(id, isResumed ? this.leaks.filter((each) => each.secret === leaked) : leaks, leaked);
    if (isResumed) this.kills.resumed += 1;
    else if (leaks.length > 0) this.kills.right += 1;
    const current = this.stored().filter(({ clientId, stage }) => clientId === id && stage === "AWSCURRENT");
    if (current.some(({ clientSecret }) => clientSecret === secret)) this.kills.inUse += 1;
    if (next !== undefined) this.#given.set(id, { secret: next, leaked });
    else this.#given.set(id, { secret, leaked });
  }

  #judgeRules(id: string, leaks: readonly Leaked[], secret: string): void {
    const { world, protectedClients, unmanaged } = this.#town;
    const { settings } = this.#rules;
    const isReleased = this.released.has(secret);
    if (this.isDecoy(id)) this.#wrong(`decoy ${id} was stopped`);
    if (settings.mode === "dryRun") this.#wrong(`dry run, and ${id} was stopped`);
    if (isReleased) return;
    if (protectedClients.has(id)) this.#wrong(`protected ${id} was stopped`);
    if (settings.unmanagedClients === "hold" && unmanaged.some(({ clientId }) => clientId === id))
      this.#wrong(`unmanaged ${id} was stopped`);
    if (settings.backfill === "hold" && leaks.length > 0 && leaks.every(({ isBackfill }) => isBackfill))
      this.#wrong(`${id} was stopped for an old commit`);
    const now = world.clock.now();
    const leak = `${id} ${secret}`;
    if (this.#killTimes.some((each) => each.leak === leak && each.at > now - hour)) return;
    this.#killTimes.push({ at: now, leak });
    const recent = this.#killTimes.filter(({ at }) => at > now - hour);
    if (recent.length > (settings.hourlyCap ?? 20))
      this.#wrong(`${recent.length} clients stopped in an hour`);
  }

  #wrong(what: string): void {
    this.faults.push(`${new Date(this.#town.world.clock.now()).toISOString()} ${what}`);
  }
}
