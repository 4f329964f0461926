import { difference, labelOf, namesOtherThing } from "./pairing-label.ts";

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
  word: 6,
  /** A label that says that it is the id of something else. */
  otherThing: 12,
  /** An empty line, an item of a list or a section's head between them. */
  record: 4,
  /** A bracket between them that is not closed or not opened there: another object, list or call. */
  bracket: 6,
  /** Another secret between them. */
  secret: 8,
  /** Off for the id whose turn it is: the first of three ids for the first of three secrets. */
  turn: -8,
  /** Off for the last of several ids before a single secret, or the first of several after it. */
  next: -4,
};
const most = 4;

const kinds = ["id", "secret", "open", "close", "record"] as const;
type Kind = (typeof kinds)[number] | "line";

interface Token {
  kind: Kind;
  text: string;
  /** From the start of its text. */
  start: number;
  end: number;
  label: ReadonlySet<string>;
}

const tokens =
  /(?<id>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})|(?<![\w-])(?<secret>[\w-]{42}[AEIMQUYcgkosw048])(?![\w-])|(?<open>[{[(])|(?<close>[}\])])|(?<record>\n(?=\r?\n|\[|[ \t]*-[ \t]))|(?<line>\n)/g;

/** Labels are not looked for farther away. */
const labelReach = 200;

const tokensOf = (text: string): Token[] => {
  let value = 0;
  return [...text.matchAll(tokens)].map(({ 0: found, index, groups = {} }) => {
    const kind = kinds.find((each) => groups[each] !== undefined) ?? "line";
    const end = index + found.length;
    const label = labelOf(text.slice(Math.max(value, index - labelReach), kind === "id" ? index : value));
    if (kind === "id" || kind === "secret") value = end;
    return { kind, text: found, start: index, end, label };
  });
};

const isValue = ({ kind }: Token): boolean => kind === "id" || kind === "secret";

/** How many of that kind the list begins with. */
const run = (list: readonly Token[], kind: Kind): number => {
  const end = list.findIndex((token) => token.kind !== kind);
  return end === -1 ? list.length : end;
};

/**
 * Ids and secrets that stand together: the first of as many ids is for the first of as many secrets. Ids come first
 * throughout a file, or secrets do.
 */
const whoseTurn = (
  before: readonly Token[],
  after: readonly Token[],
): { token: Token | undefined; bonus: number } => {
  const earlier = before.filter(isValue).reverse();
  const later = after.filter(isValue);
  const isIdFirst = earlier.at(-1)?.kind === "id";
  const [towardsIds, awayFromIds] = isIdFirst ? [earlier, later] : [later, earlier];
  const between = run(towardsIds, "secret");
  const secrets = between + 1 + run(awayFromIds, "secret");
  const rest = towardsIds.slice(between);
  const ids = rest.slice(0, run(rest, "id"));
  // Both are counted from the far end of the secrets.
  if (ids.length === secrets) return { token: ids[secrets - 1 - between], bonus: weight.turn };
  return { token: ids[0], bonus: secrets === 1 ? weight.next : 0 };
};

interface Way {
  side: readonly Token[];
  distanceOf: (token: Token) => number;
  inwards: Kind;
}

const walk = function* (
  { side, distanceOf, inwards }: Way,
  label: ReadonlySet<string>,
  turn: ReturnType<typeof whoseTurn>,
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
      (namesOtherThing(token.label) ? weight.otherThing : 0) +
      weight.record * Math.min(passed.records, most) +
      weight.bracket * Math.min(brackets, most) +
      weight.secret * Math.min(passed.secrets, most) +
      (token === turn.token ? turn.bonus : 0);
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
