import type { Deployment, PendingOperation, ResourceState } from "../model/deployment.ts";

/**
 * The state while it changes: what was there, less what has been dealt with, plus what is new, and the operations
 * under way. Every change is durable before the caller goes on.
 * https://github.com/pulumi/pulumi/blob/master/pkg/backend/snapshot.go
 */
export class Journal {
  readonly #base: Deployment;
  readonly #save: (deployment: Deployment) => Promise<void>;
  readonly #dealtWith = new Set<ResourceState>();
  readonly #news: ResourceState[] = [];
  readonly #pending = new Map<ResourceState, PendingOperation["type"]>();
  readonly #unresolvedCreates: PendingOperation[];
  #elided = false;

  /** @param save writes the whole state, durably */
  constructor(base: Deployment, save: (deployment: Deployment) => Promise<void>) {
    this.#base = base;
    this.#save = save;
    // Only a person can say what became of a create that was cut off: it stays until they do.
    this.#unresolvedCreates = (base.pending_operations ?? []).filter(({ type }) => type === "creating");
  }

  /** An operation is about to begin. */
  async begin(type: PendingOperation["type"], state: ResourceState): Promise<void> {
    this.#pending.set(state, type);
    await this.#commit();
  }

  /** The operation has failed and changed nothing. */
  async fail(state: ResourceState): Promise<void> {
    this.#pending.delete(state);
    await this.#commit();
  }

  /** `now` takes the place of `old`, where there was one. */
  async put(old: ResourceState | undefined, now: ResourceState): Promise<void> {
    this.#pending.delete(now);
    if (old !== undefined) this.#dealtWith.add(old);
    this.#news.push(now);
    await this.#commit();
  }

  /** As `put`, of a step that did nothing: written only if `changed`, or with the next write. */
  async keep(old: ResourceState, now: ResourceState, changed: boolean): Promise<void> {
    this.#dealtWith.add(old);
    this.#news.push(now);
    if (changed) await this.#commit();
    else this.#elided = true;
  }

  async remove(state: ResourceState): Promise<void> {
    this.#pending.delete(state);
    this.#dealtWith.add(state);
    await this.#commit();
  }

  /** Outputs of a resource were set in place. */
  async touched(): Promise<void> {
    await this.#commit();
  }

  /** Writes what was put off. */
  async close(): Promise<void> {
    if (this.#elided) await this.#commit();
  }

  /** The resources as they are now, in an order in which every one comes after what it depends on. */
  resources(): ResourceState[] {
    return [...this.#news, ...(this.#base.resources ?? [])].filter((state) => !this.#dealtWith.has(state));
  }

  deployment(): Deployment {
    const underWay = [...this.#pending].map(([resource, type]) => ({ resource, type }));
    const pending = [...underWay, ...this.#unresolvedCreates];
    const { pending_operations: _, ...base } = this.#base;
    return {
      ...base,
      resources: this.resources(),
      ...(pending.length > 0 && { pending_operations: pending }),
    };
  }

  async #commit(): Promise<void> {
    this.#elided = false;
    await this.#save(this.deployment());
  }
}
