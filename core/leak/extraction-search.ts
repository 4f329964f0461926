import { readBasicCredentials } from "./basic-credentials.ts";
import type { Place } from "./candidate.ts";
import { decode, type Encoding, encodingOf, lineStart } from "./extraction-text.ts";
import { basicCredentials } from "./patterns/basic-credentials.ts";

export interface FoundId {
  /** In lower case. */
  clientId: string;
  /** In bytes. */
  offset: number;
  /** The secret of the Basic credentials that the id was found in. */
  besideSecret?: string;
}

/** In bytes. */
export interface Span {
  start: number;
  end: number;
}

export interface SearchedFile {
  encoding: Encoding;
  /** Every id of the file, in its order. */
  ids: readonly FoundId[];
  /** Where the secret stands, nearest to the alert's place first. Without any, the alert's place itself. */
  places: readonly Span[];
  isPartial: boolean;
}

/** The largest blob that GitHub hands out. https://docs.github.com/en/rest/git/blobs#get-a-blob */
const mostBytes = 100 * 1024 * 1024;
/** Bytes that are decoded at a time, and those of the next part that are looked at with them. */
const part = 1024 * 1024;
const overlap = 1024;
const mostIds = 5_000;
const mostPlaces = 1_000;

/** The same as the pattern that GitHub looks for. */
const headers = new RegExp(basicCredentials.pattern, "g");
const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

const idsIn = (text: string): FoundId[] => {
  const plain = [...text.matchAll(uuids)].map(({ 0: id, index }) => ({
    clientId: id.toLowerCase(),
    offset: index,
  }));
  const encoded = [...text.matchAll(headers)].flatMap(({ 0: found, index }) => {
    const basic = readBasicCredentials(found);
    if (basic === undefined) return [];
    return { clientId: basic.clientId, offset: index, besideSecret: basic.secret };
  });
  return [...plain, ...encoded];
};

const spansIn = function* (text: string, sought: string): Generator<Span> {
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1))
    yield { start: at, end: at + sought.length };
};

/** @param sought texts for which the secret stands, such as itself and the Basic credentials that it is a part of */
export const searchFile = (bytes: Uint8Array, sought: readonly string[], place?: Place): SearchedFile => {
  const encoding = encodingOf(bytes);
  const { width } = encoding;
  const ids: FoundId[] = [];
  const places: Span[] = [];
  for (let from = 0; from < Math.min(bytes.length, mostBytes); from += part) {
    const text = decode(bytes, encoding, from, from + part + overlap);
    const isOfThisPart = (index: number): boolean => index * width < part;
    for (const id of idsIn(text))
      if (isOfThisPart(id.offset) && ids.length <= mostIds)
        ids.push({ ...id, offset: from + id.offset * width });
    for (const { start, end } of [...new Set(sought)].flatMap((each) => [...spansIn(text, each)]))
      if (isOfThisPart(start) && places.length < mostPlaces)
        places.push({ start: from + start * width, end: from + end * width });
  }
  const isPartial = encoding.isBinary || bytes.length > mostBytes || ids.length > mostIds;
  return { encoding, ids: ids.slice(0, mostIds), places: sortedBy(place, places, bytes), isPartial };
};

const sortedBy = (place: Place | undefined, places: readonly Span[], bytes: Uint8Array): Span[] => {
  if (place === undefined) return [...places];
  const at = Math.min(lineStart(bytes, place.startLine) + place.startColumn - 1, bytes.length);
  if (places.length === 0) return [{ start: at, end: at }];
  return places.toSorted((a, b) => Math.abs(a.start - at) - Math.abs(b.start - at));
};
