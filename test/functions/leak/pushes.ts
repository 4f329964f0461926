import { randomUUID } from "node:crypto";
import { type Random, wholeBetween } from "../../../sandbox/runtime/index.ts";
import type { Pair } from "../revoker/world.ts";
import { lookAlike, oneOf, weighted } from "./chance.ts";
import { repositories, type Town } from "./town.ts";
import type { Truth } from "./truth.ts";

/** What somebody pushes: the secret, and the ids in the files with it, its own or others'. */
export interface Chosen {
  secret: string;
  ids: readonly string[];
}

const kinds = {
  current: 4,
  former: 4,
  pending: 2,
  master: 0.5,
  declared: 3,
  denied: 2,
  guarded: 1,
  decoy: 2,
  unmanaged: 2,
  foreign: 2,
  lookAlike: 3,
  foreignBesideOurs: 2,
  crowd: 2,
  again: 4,
} as const;

/** The secret as it is now, not as it was at the start. */
const now = (town: Town, truth: Truth, pair: Pair | undefined): Chosen | undefined => {
  const client = pair && town.world.genesys.world.clients.peek(pair.clientId);
  return client === undefined || !truth.known.has(client.secret)
    ? undefined
    : { secret: client.secret, ids: [client.id] };
};

const chosen = ({ clientId, clientSecret }: Pair): Chosen => ({ secret: clientSecret, ids: [clientId] });

export const choose = (random: Random, town: Town, truth: Truth): Chosen => {
  const { world, rotatedIds } = town;
  for (const { clientSecret } of truth.stored()) truth.known.add(clientSecret);
  const credential = (): Pair => world.value(oneOf(random, rotatedIds.slice(1)) ?? "crm");
  const anyOfOurs = (): string =>
    oneOf(random, [credential(), ...town.declared, ...town.unmanaged, ...town.denied])?.clientId ?? "";
  const foreign = (): Chosen => ({ secret: lookAlike(), ids: [randomUUID()] });
  switch (weighted(random, kinds)) {
    case "current":
      return chosen(credential());
    case "former": {
      const [secret, id] = oneOf(random, [...truth.everSecrets]) ?? ["", ""];
      return truth.known.has(secret) ? { secret, ids: [id] } : foreign();
    }
    case "pending": {
      const pending = truth.stored().filter(({ stage }) => stage === "AWSPENDING");
      return chosen(oneOf(random, pending) ?? credential());
    }
    case "master":
      return chosen(world.value("master"));
    case "declared":
      return now(town, truth, oneOf(random, town.declared)) ?? foreign();
    case "denied":
      return now(town, truth, oneOf(random, town.denied)) ?? foreign();
    case "guarded":
      return now(town, truth, town.guarded) ?? foreign();
    case "decoy":
      return now(town, truth, oneOf(random, town.decoys)) ?? foreign();
    case "unmanaged":
      return now(town, truth, oneOf(random, town.unmanaged)) ?? foreign();
    case "foreign":
      return foreign();
    case "lookAlike":
      return { secret: lookAlike(), ids: [anyOfOurs()] };
    case "foreignBesideOurs":
      return { secret: lookAlike(), ids: [randomUUID(), anyOfOurs()] };
    case "crowd": {
      const { secret, ids } = chosen(credential());
      const others = Array.from({ length: wholeBetween(random, 1, 8) }, () =>
        random() < 0.5 ? anyOfOurs() : randomUUID(),
      );
      return { secret, ids: [...others.filter((id) => !ids.includes(id)), ...ids] };
    }
    case "again": {
      const leaked = oneOf(random, truth.leaks);
      if (leaked === undefined) return foreign();
      return { secret: leaked.secret, ids: [leaked.ownerId ?? randomUUID()] };
    }
  }
};

const basic = (id: string, secret: string): string => Buffer.from(`${id}:${secret}`).toString("base64");

/** The files of a commit, in one of the ways in which people write such things. */
export const filesOf = (random: Random, { secret, ids }: Chosen): Record<string, string> => {
  const name = `${oneOf(random, ["config", "settings", "deploy", "call"])}-${Math.floor(random() * 1e6)}`;
  const own = ids.at(-1) ?? "";
  const beside = ids.map((id, index) => `client_id_${index} = "${id}"`).join("\n");
  switch (
    weighted(random, { beside: 4, reversed: 2, env: 3, json: 2, crlf: 1, otherFile: 2, basic: 2, twice: 2 })
  ) {
    case "beside":
      return { [`${name}.py`]: `${beside}\nclient_secret = "${secret}"\n` };
    case "reversed":
      return { [`${name}.py`]: `client_secret = "${secret}"\n${beside}\n` };
    case "env":
      return {
        [`${name}.env`]: `${ids.map((id) => `GENESYS_ID=${id}`).join("\n")}\nGENESYS_SECRET=${secret}\n`,
      };
    case "json":
      return { [`${name}.json`]: JSON.stringify({ clients: ids, oauth: { clientSecret: secret } }, null, 2) };
    case "crlf":
      return { [`${name}.ini`]: `[a]\r\nid=${ids.join(",")}\r\nsecret=${secret}\r\n` };
    case "otherFile":
      return { [`${name}.tf`]: `secret = "${secret}"\n`, [`${name}.tfvars`]: `${beside}\n` };
    case "basic":
      return { [`${name}.sh`]: `curl -H "Authorization: Basic ${basic(own, secret)}"\n` };
    case "twice":
      return {
        [`${name}.a.py`]: `${beside}\nclient_secret = "${secret}"\n`,
        [`${name}.b.env`]: `ID=${own}\nSECRET=${secret}\n`,
      };
  }
};

const day = 86_400_000;

/** Pushes it, and notes what GitHub raised. Answers how many alerts that were. */
export const push = (random: Random, town: Town, truth: Truth): number => {
  const { world } = town;
  const what = choose(random, town, truth);
  const repository = oneOf(random, repositories) ?? repositories[0];
  const isBackfill = random() < 0.1;
  const author = oneOf(random, [
    { login: "dev" },
    { login: "stranger" },
    { name: "Somebody", email: "dev@acme.example" },
  ]);
  const pushed = world.github.world.push({
    repository,
    author: author ?? {},
    files: filesOf(random, what),
    ...(isBackfill ? { committedAt: world.clock.now() - 3 * day } : {}),
  });
  if (pushed.kind !== "accepted") throw new Error("The push was refused.");
  const ownerId = truth.everSecrets.get(what.secret);
  for (const { number } of pushed.alerts)
    truth.leaks.push({
      secret: what.secret,
      ownerId,
      isNamed: ownerId !== undefined && what.ids.every((id) => id === ownerId),
      isBackfill,
      alert: { repository, number },
    });
  return pushed.alerts.length;
};
