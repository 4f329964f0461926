import type { GenesysWorld } from "./world.ts";

/** What a deployment can leave behind: kind to id to object, without dates, versions and secrets. */
export type Snapshot = Record<string, Record<string, unknown>>;

const volatile = ["dateCreated", "dateModified", "createdBy", "modifiedBy", "version", "secret", "fields"];

/** The organisation as it is, without soft-deleted users. */
export const takeSnapshot = (world: GenesysWorld): Snapshot => ({
  client: byId(world.clients.all()),
  user: byId(world.users.all().filter((user) => user.state !== "deleted")),
  queue: byId(world.queues.all()),
  role: byId(world.roles.all()),
  division: byId(world.divisions.all()),
  integration: byId(world.integrations.all()),
  credential: byId(world.credentials.all()),
  settings: byId(world.settings.all()),
});

/** One line for every object that differs: kind, id, and whether it was added, removed or changed. */
export const differencesBetween = (before: Snapshot, after: Snapshot): string[] =>
  keysOf(before, after).flatMap((kind) => {
    const [old, current] = [before[kind] ?? {}, after[kind] ?? {}];
    return keysOf(old, current).flatMap((id) => {
      const [was, is] = [JSON.stringify(old[id]), JSON.stringify(current[id])];
      if (was === is) return [];
      return [`${kind} ${id} ${was === undefined ? "added" : is === undefined ? "removed" : "changed"}`];
    });
  });

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const byId = <T extends { id: string }>(records: T[]): Record<string, unknown> =>
  Object.fromEntries(
    records.map((record) => [record.id, JSON.parse(JSON.stringify(record, withoutVolatile))]),
  );

const withoutVolatile = (key: string, value: unknown): unknown =>
  volatile.includes(key) ? undefined : value;
