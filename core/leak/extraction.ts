import { readBasicCredentials } from "./basic-credentials.ts";
import type { Candidate, Extraction, Pairing, Place } from "./candidate.ts";
import { type FoundId, type Span, searchFile } from "./extraction-search.ts";
import { decode, type Encoding } from "./extraction-text.ts";
import { type PairedId, pairIds } from "./pairing.ts";

/** What is known of a leak: what the alert says, and a file in which its client's id may be. */
export interface Leak {
  /** The alert's secret: a client's secret, or the base64 of Basic credentials. */
  alertSecret: string;
  /** The file that the secret was found in, or another one of the same commit. */
  bytes?: Uint8Array;
  /** Where the secret was found in it. */
  place?: Place;
}

/** Around a secret, so many characters before and after it are read for their structure. */
const surroundings = 65_536;
/** Of the places where the same secret stands, those nearest to the alert's. */
const mostPlaces = 8;
/** Up to so many line ends away, an id is near. */
const nearbyLines = 10;

const pairingAcross = (lines: number): Pairing => {
  if (lines === 0) return "sameLine";
  return lines <= nearbyLines ? "nearby" : "sameFile";
};

const likeliestFirst = (a: PairedId, b: PairedId): number => a.cost - b.cost || a.distance - b.distance;

const around = (bytes: Uint8Array, encoding: Encoding, places: readonly Span[]): Candidate[] => {
  const { width } = encoding;
  return places
    .slice(0, mostPlaces)
    .flatMap(({ start, end }) =>
      pairIds(
        decode(bytes, encoding, Math.max(0, start - surroundings * width), start),
        decode(bytes, encoding, end, end + surroundings * width),
      ),
    )
    .toSorted(likeliestFirst)
    .map(({ clientId, lines, distance }) => ({
      clientId,
      pairing: pairingAcross(lines),
      distance: distance * width,
    }));
};

/** By distance, where the secret stands in the file; in the file's order where it does not. */
const anywhere = (ids: readonly FoundId[], places: readonly Span[]): Candidate[] => {
  if (places.length === 0) return ids.map(({ clientId }) => ({ clientId, pairing: "sameCommit" }));
  const distance = (offset: number): number =>
    places.reduce(
      (nearest, { start }) => Math.min(nearest, Math.abs(start - offset)),
      Number.POSITIVE_INFINITY,
    );
  return ids
    .map(({ clientId, offset }) => ({ clientId, pairing: "sameFile" as const, distance: distance(offset) }))
    .toSorted((a, b) => a.distance - b.distance);
};

const basic = (clientId: string): Candidate => ({ clientId, pairing: "basicCredentials" });

/**
 * The secret that leaked, and the ids that may be its client's, likeliest first. Which of them are clients of ours,
 * this does not know.
 */
export const extract = ({ alertSecret, bytes = new Uint8Array(), place }: Leak): Extraction => {
  const header = readBasicCredentials(alertSecret);
  const secret = header?.secret ?? alertSecret;
  const { encoding, ids, places, isPartial } = searchFile(bytes, [alertSecret, secret], place);
  const candidates = [
    ...(header === undefined ? [] : [basic(header.clientId)]),
    // Another header that holds the secret holds its id too.
    ...ids.filter(({ besideSecret }) => besideSecret === secret).map(({ clientId }) => basic(clientId)),
    ...around(bytes, encoding, places),
    ...anywhere(ids, places),
  ];
  const byClient = Map.groupBy(candidates, ({ clientId }) => clientId);
  return {
    secret,
    candidates: [...byClient.values()].flatMap((same) => same.slice(0, 1)),
    isPartial,
  };
};
