import { readBasicCredentials } from "./basic-credentials.ts";
import type { Candidate, Extraction, Pairing, Place } from "./candidate.ts";
import { type FoundId, searchFile } from "./extraction-search.ts";
import { decode } from "./extraction-text.ts";
import { pairIds } from "./pairing.ts";

/** What is known of a leak: what the alert says, and the bytes of what was pushed. */
export interface Leak {
  /** The alert's secret: a client's secret, or the base64 of Basic credentials. */
  secret: string;
  /** The file that it was found in, with the place in it. */
  file?: { bytes: Uint8Array; place?: Place };
  /** The commit's other files. */
  others?: readonly Uint8Array[];
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

const inFile = (
  { bytes, place }: NonNullable<Leak["file"]>,
  alerted: string,
  secret: string,
): Pick<Extraction, "candidates" | "isPartial"> => {
  const { encoding, ids, places, isPartial } = searchFile(bytes, [alerted, secret], place);
  const { width } = encoding;
  const paired = places.slice(0, mostPlaces).flatMap(({ start, end }) => {
    const before = decode(bytes, encoding, Math.max(0, start - surroundings * width), start);
    const after = decode(bytes, encoding, end, end + surroundings * width);
    return pairIds(before, after);
  });
  const near = paired
    .toSorted((a, b) => a.cost - b.cost || a.distance - b.distance)
    .map(
      ({ clientId, lines, distance }): Candidate => ({
        clientId,
        pairing: pairingAcross(lines),
        distance: distance * width,
      }),
    );
  const far = ids
    .map(({ clientId, offset }): Candidate => {
      const [nearest] = places.map(({ start }) => Math.abs(start - offset)).toSorted((a, b) => a - b);
      return { clientId, pairing: "sameFile", ...(nearest !== undefined && { distance: nearest }) };
    })
    .toSorted((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  return { candidates: [...certain(ids, secret), ...near, ...far], isPartial };
};

/** A header that holds the secret holds its id too. */
const certain = (ids: readonly FoundId[], secret: string): Candidate[] =>
  ids
    .filter(({ besideSecret }) => besideSecret === secret)
    .map(({ clientId }) => ({ clientId, pairing: "basicCredentials" }));

const inOther = (bytes: Uint8Array, secret: string): Pick<Extraction, "candidates" | "isPartial"> => {
  const { ids, isPartial } = searchFile(bytes, []);
  const candidates = ids.map(({ clientId }): Candidate => ({ clientId, pairing: "sameCommit" }));
  return { candidates: [...certain(ids, secret), ...candidates], isPartial };
};

/**
 * The secret that leaked, and the ids that may be its client's: those in the same file, likeliest first, then those of
 * the commit's other files. Which of them are clients of ours, this does not know.
 */
export const extract = ({ secret: alerted, file, others = [] }: Leak): Extraction => {
  const basic = readBasicCredentials(alerted);
  const secret = basic?.secret ?? alerted;
  const found = [
    ...(file === undefined ? [] : [inFile(file, alerted, secret)]),
    ...others.map((bytes) => inOther(bytes, secret)),
  ];
  const own: Candidate[] =
    basic === undefined ? [] : [{ clientId: basic.clientId, pairing: "basicCredentials" }];
  const all = [...own, ...found.flatMap(({ candidates }) => candidates)];
  const rank = (candidate: Candidate): number => (candidate.pairing === "basicCredentials" ? 0 : 1);
  const byClient = Map.groupBy(
    all.toSorted((a, b) => rank(a) - rank(b)),
    ({ clientId }) => clientId,
  );
  return {
    secret,
    candidates: [...byClient.values()].flatMap(([likeliest]) => likeliest ?? []),
    isPartial: found.some(({ isPartial }) => isPartial),
  };
};
