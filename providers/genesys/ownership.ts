import { readMarker } from "../../core/marker.ts";

/** What a resource knows of itself: the prefix of its marker, and the token of this creation of it. */
export interface Claim {
  owner: string;
  token: string;
}

/**
 * Whose an object is, by the marker in its description: `ours`, made or taken over by this creation of the
 * resource; `sibling`, by another creation of the same resource; `foreign`, by another resource; `unmarked`.
 */
export type Ownership = "ours" | "sibling" | "foreign" | "unmarked";

export const ownership = (description: string | undefined, { owner, token }: Claim): Ownership => {
  const found = readMarker(description);
  if (found === undefined) return "unmarked";
  if (found.prefix !== owner) return "foreign";
  return found.token === token ? "ours" : "sibling";
};

/**
 * The objects that a resource made and that the state has forgotten: marked by its owner, with a token that no
 * resource of this run claims.
 */
export const orphansOf = <T extends { description?: string }>(
  objects: readonly T[],
  owner: string,
  claimed: ReadonlySet<string>,
): T[] =>
  objects.filter(({ description }) => {
    const found = readMarker(description);
    return found !== undefined && found.prefix === owner && !claimed.has(found.token);
  });
