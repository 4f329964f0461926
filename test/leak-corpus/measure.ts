import type { Candidate } from "../../core/leak/candidate.ts";
import { extract } from "../../core/leak/extraction.ts";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import { matchesIn } from "../../core/leak/patterns/matches.ts";
import type { Shape, ShapeClient } from "./corpus.ts";

/** A secret of a shape that a pattern found, and the ids that were paired with it. */
export interface Find {
  shape: string;
  client: ShapeClient;
  candidates: readonly Candidate[];
}

/** What the patterns and the extraction make of a shape. */
export interface Measured {
  shape: Shape;
  /** Each of its secrets was found. */
  isFound: boolean;
  finds: readonly Find[];
  /** Hits that are none of its secrets. */
  falseHits: readonly string[];
}

/** As it is written in the file, without line ends and padding. */
const bare = (text: string): string => text.replaceAll(/\s|=+$/g, "");

const clientOf = ({ clients }: Shape, hit: string): ShapeClient | undefined =>
  clients.find(({ secret, basic }) => bare(hit) === secret || bare(hit) === bare(basic));

export const measureShape = (shape: Shape): Measured => {
  const hits = [...new Set(matchesIn(shape.text, leakPatterns).map(({ secret }) => secret))];
  const bytes = Buffer.from(shape.text);
  const finds = hits.flatMap((alertSecret) => {
    const client = clientOf(shape, alertSecret);
    return client === undefined
      ? []
      : { shape: shape.name, client, candidates: extract({ alertSecret, bytes }).candidates };
  });
  return {
    shape,
    isFound: shape.clients.every((client) => finds.some((find) => find.client === client)),
    finds,
    falseHits: hits.filter((hit) => clientOf(shape, hit) === undefined),
  };
};

/** From 0; -1 where the id is not among the candidates. */
const rankOf = ({ candidates, client }: Find): number =>
  candidates.findIndex(({ clientId }) => clientId === client.id);

const share = <T>(all: readonly T[], isCounted: (one: T) => boolean): number =>
  all.filter(isCounted).length / all.length;

/** Shares of all, from 0 to 1. */
export const figures = (measured: readonly Measured[]) => {
  const pairs = measured.flatMap(({ finds }) => finds).filter(({ client }) => client.hasId);
  return {
    shapes: measured.length,
    recall: share(measured, ({ isFound }) => isFound),
    pairs: pairs.length,
    pairedFirst: share(pairs, (find) => rankOf(find) === 0),
    pairedInThree: share(pairs, (find) => rankOf(find) >= 0 && rankOf(find) < 3),
    falseHits: measured.reduce((sum, { falseHits }) => sum + falseHits.length, 0),
  };
};
