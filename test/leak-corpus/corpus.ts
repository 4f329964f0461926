import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { issued } from "../../sandbox/secrecy/issued.ts";

/** A client of a shape. */
export interface ShapeClient {
  id: string;
  secret: string;
  /** base64 of `id:secret`. */
  basic: string;
  /** Whether the id, as such or within `basic`, stands in the file. */
  hasId: boolean;
}

/** One file of the corpus with its values filled in; see README.md. */
export interface Shape {
  /** The file's name in the corpus: `012-settings.py`. */
  name: string;
  /** The name that it would have in a repository: `settings.py`. */
  path: string;
  text: string;
  /** Those whose secret stands in the file. */
  clients: readonly ShapeClient[];
  /** Values that look like a secret and are none. */
  lookalikes: readonly string[];
}

const placeholder = /\{\{(id|ID|secret|basic|otherUuid|lookalike)([2-9]?)\}\}/g;

const bytes = (seed: string, length: number): Buffer =>
  createHash("shake256", { outputLength: length }).update(seed).digest();

/** 32 random bytes in base64url. */
export const seededSecret = (seed: string): string =>
  issued(bytes(`secret ${seed}`, 32).toString("base64url"));

/** A UUID of version 4. */
export const seededUuid = (seed: string): string => {
  const hex = bytes(`uuid ${seed}`, 16).toString("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
};

/** What the placeholders of a shape become. The same name and seed give the same values. */
export const fillShape = (name: string, template: string, seed = "corpus"): Shape => {
  const client = (number: string) => {
    const id = seededUuid(`${seed}/${name}/${number}`);
    const secret = seededSecret(`${seed}/${name}/${number}`);
    return { id, secret, basic: issued(Buffer.from(`${id}:${secret}`).toString("base64")) };
  };
  const lookalike = (number: string) =>
    bytes(`lookalike ${seed}/${name}/${number}`, 32).toString("base64url");
  const values: Record<string, (number: string) => string> = {
    id: (number) => client(number).id,
    ID: (number) => client(number).id.toUpperCase(),
    secret: (number) => client(number).secret,
    basic: (number) => client(number).basic,
    otherUuid: (number) => seededUuid(`${seed}/${name}/other${number}`),
    lookalike,
  };
  const used = [...template.matchAll(placeholder)].map(([, kind = "", number = ""]) => ({ kind, number }));
  const numbersOf = (...kinds: string[]): string[] => [
    ...new Set(used.filter(({ kind }) => kinds.includes(kind)).map(({ number }) => number)),
  ];
  const withId = new Set(numbersOf("id", "ID", "basic"));
  return {
    name,
    path: name.replace(/^\d+-/, ""),
    text: template.replaceAll(placeholder, (_, kind: string, number: string) => values[kind]?.(number) ?? ""),
    clients: numbersOf("secret", "basic").map((number) => ({
      ...client(number),
      hasId: withId.has(number),
    })),
    lookalikes: numbersOf("lookalike").map(lookalike),
  };
};

/** Every shape of one half, by number. */
export const loadShapes = (half: "tuning" | "held-out", seed?: string): Shape[] => {
  const folder = join(import.meta.dirname, half);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\d+-/.test(entry.name))
    .map(({ name }) => fillShape(name, readFileSync(join(folder, name), "utf8"), seed))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
};
