import { copyOf } from "./copy.ts";

/** Who made a change: an OAuth client, or a person in the administration pages. */
export interface Actor {
  clientId?: string;
  userId?: string;
  sourceAddress?: string;
}

export interface Change<T> {
  id: string;
  before: T | undefined;
  after: T | undefined;
  by: Actor;
}

interface Stale<T> {
  before: T | undefined;
  readsLeft: number;
}

export interface CollectionOptions<T> {
  /** How many lists go on showing an object as it was before its last change. */
  staleLists: number;
  /** How many GETs of one object go on showing it as it was before its last change. */
  staleGets: number;
  /** Stamps dates, authors and versions on what is stored. */
  stamp: (next: T, by: Actor, previous: T | undefined) => T;
  onChange: (change: Change<T>) => void;
  /** By whom a change is made that names nobody. */
  defaultActor: () => Actor;
}

/**
 * The objects of one kind. What a test or a drill does here is what an administrator does by hand: dates and
 * versions move as on the platform. Everything that goes in or out is a copy.
 */
export class Collection<T extends { id: string }> {
  #records = new Map<string, T>();
  #staleInLists = new Map<string, Stale<T>>();
  #staleInGets = new Map<string, Stale<T>>();
  #options: CollectionOptions<T>;
  readonly #listeners: ((change: Readonly<Change<T>>) => void)[] = [];

  constructor(options: CollectionOptions<T>) {
    this.#options = options;
  }

  /** Has `listener` told of every change that follows, as it is made. */
  onChange(listener: (change: Readonly<Change<T>>) => void): void {
    this.#listeners.push(listener);
  }

  get size(): number {
    return this.#records.size;
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  /** The object as it really is. */
  get(id: string): T | undefined {
    const record = this.#records.get(id);
    return record === undefined ? undefined : copyOf(record);
  }

  /** The object as it is stored: for looking only, and only until the next change. */
  peek(id: string): Readonly<T> | undefined {
    return this.#records.get(id);
  }

  /** Every object as it really is, oldest first. */
  all(): T[] {
    return [...this.#records.values()].map((record) => copyOf(record));
  }

  /** The same, as they are stored: for looking only. */
  stored(): readonly Readonly<T>[] {
    return [...this.#records.values()];
  }

  find(matches: (record: Readonly<T>) => boolean): T | undefined {
    for (const record of this.#records.values()) if (matches(record)) return copyOf(record);
    return undefined;
  }

  count(matches: (record: Readonly<T>) => boolean): number {
    let count = 0;
    for (const record of this.#records.values()) if (matches(record)) count += 1;
    return count;
  }

  add(record: T, by: Actor = this.#options.defaultActor()): T {
    if (this.#records.has(record.id)) throw new Error(`${record.id} exists already`);
    return this.#store(record.id, record, by);
  }

  /** Changes fields of an object. A field set to undefined is taken away. */
  edit(id: string, patch: Partial<T>, by: Actor = this.#options.defaultActor()): T {
    const record = this.#records.get(id);
    if (record === undefined) throw new Error(`there is no ${id}`);
    return this.#store(id, { ...record, ...patch }, by);
  }

  remove(id: string, by: Actor = this.#options.defaultActor()): void {
    const before = this.#records.get(id);
    if (before === undefined) throw new Error(`there is no ${id}`);
    this.#remember(id, before);
    this.#records.delete(id);
    this.#tell({ id, before, after: undefined, by });
  }

  /** One object as a GET shows it now. */
  read(id: string): T | undefined {
    return copyOf(this.shown(id));
  }

  /** What `read` gives, as it is stored: for looking only. */
  shown(id: string): Readonly<T> | undefined {
    const stale = this.#staleInGets.get(id);
    if (stale === undefined) return this.peek(id);
    this.#age(this.#staleInGets, id, stale);
    return stale.before;
  }

  /** The objects as a list shows them now. */
  list(): T[] {
    return this.listed().map((record) => copyOf(record));
  }

  /** What `list` gives, as it is stored: for looking only. */
  listed(): readonly Readonly<T>[] {
    if (this.#staleInLists.size === 0) return this.stored();
    const shown = new Map(this.#records);
    for (const [id, stale] of this.#staleInLists) {
      if (stale.before === undefined) shown.delete(id);
      else shown.set(id, stale.before);
      this.#age(this.#staleInLists, id, stale);
    }
    return [...shown.values()];
  }

  #store(id: string, next: T, by: Actor): T {
    const before = this.#records.get(id);
    const after = this.#options.stamp(copyOf(next), by, before);
    this.#remember(id, before);
    this.#records.set(id, after);
    this.#tell({ id, before, after, by });
    return copyOf(after);
  }

  #tell(change: Change<T>): void {
    this.#options.onChange(change);
    for (const listener of this.#listeners) listener(change);
  }

  #remember(id: string, before: T | undefined): void {
    const { staleLists, staleGets } = this.#options;
    if (staleLists > 0) this.#staleInLists.set(id, { before, readsLeft: staleLists });
    if (staleGets > 0) this.#staleInGets.set(id, { before, readsLeft: staleGets });
  }

  #age(kind: Map<string, Stale<T>>, id: string, stale: Stale<T>): void {
    stale.readsLeft -= 1;
    if (stale.readsLeft === 0) kind.delete(id);
  }
}
