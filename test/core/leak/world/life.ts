import type { Chance } from "./chance.ts";
import { addClient, addGeneration, nextName, stored, type TrueClient, type World } from "./world.ts";

/** The platform gives the client another secret. */
export const resetSecret = (world: World, client: TrueClient): void => {
  world.formerSecrets.push(client.secret);
  client.secret = nextName(world, "secret");
  client.isSecretLost = false;
};

const ours = (world: World): TrueClient[] =>
  [...world.clients.values()].filter(({ isForeign }) => !isForeign);

/** A rotation, of which each part may be as far as it happens to be. */
const rotate = (world: World, chance: Chance): void => {
  const vault = chance.of(world.vaults.filter(({ strategy }) => strategy !== "declared"));
  const current = vault.versions.get("AWSCURRENT");
  const pending = vault.versions.get("AWSPENDING");
  if (pending !== undefined) {
    vault.versions.delete("AWSPENDING");
    vault.versions.set("AWSCURRENT", { ...pending, stage: "AWSCURRENT" });
    if (current !== undefined) vault.versions.set("AWSPREVIOUS", { ...current, stage: "AWSPREVIOUS" });
    return;
  }
  if (vault.strategy === "blueGreen") {
    vault.versions.set("AWSPENDING", stored("AWSPENDING", addGeneration(world, vault)));
    return;
  }
  const client = world.clients.get(current?.clientId ?? "");
  if (client === undefined) return;
  resetSecret(world, client);
  vault.versions.set("AWSPENDING", stored("AWSPENDING", client));
};

/** Somebody restores an old value by hand. */
const restore = (world: World, chance: Chance): void => {
  const { versions } = chance.of(world.vaults);
  const [current, previous] = [versions.get("AWSCURRENT"), versions.get("AWSPREVIOUS")];
  if (current === undefined || previous === undefined) return;
  versions.set("AWSCURRENT", { ...previous, stage: "AWSCURRENT" });
  versions.set("AWSPREVIOUS", { ...current, stage: "AWSPREVIOUS" });
};

/** An old generation ends; what is in the store does not. */
const retire = (world: World, chance: Chance): void => {
  const inStore = new Set(
    world.vaults.flatMap(({ versions }) => [...versions.values()].map(({ clientId }) => clientId)),
  );
  const old = ours(world).filter(
    ({ clientId, description }) => description !== undefined && !inStore.has(clientId),
  );
  if (old.length > 0) chance.of(old).state = chance.of(["inactive", "disabled"] as const);
};

/** What happens in an organisation between two alerts, and is told to nobody. */
export const liveOn = (world: World, chance: Chance): void => {
  world.now += chance.below(chance.happens(0.2) ? 1_200_000 : 60_000);
  if (chance.happens(0.05)) resetSecret(world, chance.of(ours(world)));
  if (chance.happens(0.05)) rotate(world, chance);
  if (chance.happens(0.01)) restore(world, chance);
  if (chance.happens(0.02)) retire(world, chance);
  if (chance.happens(0.005)) chance.of(ours(world)).state = "disabled";
  if (chance.happens(0.02)) addClient(world);
};
