import { difference, labelOf } from "./pairing-label.ts";

/** An id near a secret, and how far from it. */
export interface PairedId {
  clientId: string;
  /** The lower, the likelier that the secret is its own. */
  cost: number;
  /** Characters between the two. */
  distance: number;
  /** Line ends between the two. */
  lines: number;
}

/**
 * What speaks against an id, in line ends: one more line between counts 1, up to `lines`. Found by hand on the shapes
 * of test/leak-corpus/tuning; the order of the terms matters, not their exact size.
 */
const weight = {
  lines: 8,
  /** A word that one has in its label and the other has not: `PROD_CLIENT_ID` and `TEST_CLIENT_SECRET`. */
  word: 4,
  /** An empty line, an item of a list or a section's head between them. */
  record: 4,
  /** A bracket between them that is not closed or not opened there: another object, list or call. */
  bracket: 6,
  /** Another secret between them. */
  secret: 8,
  /** Off for the id whose turn it is: the first of three ids for the first of three secrets. */
  turn: -8,
};
const most = 4;

type Kind = "id" | "secret" | "open" | "close" | "record" | "line";

interface Token {
  kind: Kind;
  text: string;
  /** From the start of its text. */
  start: number;
  end: number;
  label: ReadonlySet<string>;
}

const tokens =
  /(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<![\w-])(?<secret>[\w-]{42}[AEIMQUYcgkosw048])(?![\w-])|(?<open>[{[(])|(?<close>[}\])])|(?<record>\n(?=\r?\n|\[|[ \t]*-[ \t]))|(?<line>\n)/gi;

/** Labels are not looked for farther away. */
const labelReach = 200;

const tokensOf = (text: string): Token[] => {
  let value = 0;
  return [...text.matchAll(tokens)].map(({ 0: found, index, groups }) => {
    const { id, secret, open, close, record } = groups ?? {};
    const kind =
      (id && "id") ||
      (secret && "secret") ||
      (open && "open") ||
      (close && "close") ||
      (record && "record") ||
      "line";
    const end = index + found.length;
    const label = labelOf(text.slice(Math.max(value, index - labelReach), kind === "id" ? index : value));
    if (kind === "id" || kind === "secret") value = end;
    return { kind, text: found, start: index, end, label };
  });
};

/** Ids and secrets that stand together: the first of as many ids is for the first of as many secrets. */
const whoseTurn = (before: readonly Token[], after: readonly Token[]): Token | undefined => {
  const [earlier, later] = [before, after].map((side) =>
    side.filter(({ kind }) => kind === "id" || kind === "secret"),
  ) as [Token[], Token[]];
  const otherThan = (kind: Kind) => (token: Token) => token.kind !== kind;
  const secretsBefore = earlier.length - 1 - earlier.findLastIndex(otherThan("secret"));
  const upTo = (list: Token[], index: number): number => (index === -1 ? list.length : index);
  const secretsAfter = upTo(later, later.findIndex(otherThan("secret")));
  const isIdFirst = earlier[0]?.kind === "id";
  const rest = isIdFirst
    ? earlier.slice(0, earlier.length - secretsBefore).reverse()
    : later.slice(secretsAfter);
  const ids = rest.slice(0, upTo(rest, rest.findIndex(otherThan("id"))));
  if (ids.length === secretsBefore + 1 + secretsAfter) return ids[isIdFirst ? secretsAfter : secretsBefore];
  return secretsBefore + secretsAfter === 0 ? ids[0] : undefined;
};

interface Way {
  side: readonly Token[];
  distanceOf: (token: Token) => number;
  inwards: Kind;
}

const walk = function* (
  { side, distanceOf, inwards }: Way,
  label: ReadonlySet<string>,
  turn: Token | undefined,
): Generator<PairedId> {
  const passed = { lines: 0, records: 0, secrets: 0, depth: 0, shallowest: 0 };
  for (const token of side) {
    const { kind } = token;
    if (kind === "line" || kind === "record") passed.lines++;
    if (kind === "record") passed.records++;
    if (kind === "secret") passed.secrets++;
    if (kind === "open" || kind === "close") passed.depth += kind === inwards ? 1 : -1;
    passed.shallowest = Math.min(passed.shallowest, passed.depth);
    if (kind !== "id") continue;
    const brackets = passed.depth - 2 * passed.shallowest;
    const cost =
      Math.min(passed.lines, weight.lines) +
      weight.word * Math.min(difference(label, token.label), most) +
      weight.record * Math.min(passed.records, most) +
      weight.bracket * Math.min(brackets, most) +
      weight.secret * Math.min(passed.secrets, most) +
      (token === turn ? weight.turn : 0);
    yield { clientId: token.text.toLowerCase(), cost, distance: distanceOf(token), lines: passed.lines };
  }
};

/** The ids around a secret, likeliest first, each once. */
export const pairIds = (before: string, after: string): PairedId[] => {
  const [earlier, later] = [tokensOf(before), tokensOf(after)];
  const start = earlier.findLast(({ kind }) => kind === "id" || kind === "secret")?.end ?? 0;
  const label = labelOf(before.slice(Math.max(start, before.length - labelReach)));
  const turn = whoseTurn(earlier, later);
  const backwards: Way = {
    side: earlier.toReversed(),
    distanceOf: ({ end }) => before.length - end,
    inwards: "close",
  };
  const forwards: Way = { side: later, distanceOf: ({ start }) => start, inwards: "open" };
  const ids = [backwards, forwards]
    .flatMap((way) => [...walk(way, label, turn)])
    .toSorted((a, b) => a.cost - b.cost || a.distance - b.distance);
  return ids.filter(({ clientId }, index) => ids.findIndex((other) => other.clientId === clientId) === index);
};
