/** Code units from the first to the last of them, both included. */
export type Range = readonly [first: number, last: number];

/** A regular expression, as far as Hyperscan knows them and they mean something here. */
export type Expression =
  | { kind: "one"; of: readonly Range[] }
  | { kind: "sequence"; parts: readonly Expression[] }
  | { kind: "choice"; options: readonly Expression[] }
  | { kind: "repeat"; part: Expression; least: number; most: number }
  | { kind: "textStart" }
  | { kind: "textEnd" };

const last = 0xffff;
const unit = (character: string): number => character.charCodeAt(0);
const range = (first: string, end = first): Range => [unit(first), unit(end)];

const complement = (ranges: readonly Range[]): Range[] => {
  const sorted = ranges.toSorted(([a], [b]) => a - b);
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, end] of sorted) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, end + 1);
  }
  return next > last ? gaps : [...gaps, [next, last]];
};

const digits = [range("0", "9")];
const wordCharacters = [...digits, range("A", "Z"), range("a", "z"), range("_")];
const spaces = [range("\t", "\r"), range(" ")];
const classes: Readonly<Record<string, readonly Range[]>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
  n: [range("\n")],
  r: [range("\r")],
  t: [range("\t")],
};

const escaped = (character: string): readonly Range[] => classes[character] ?? [range(character)];

const sequence = (parts: readonly Expression[]): Expression =>
  parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "sequence", parts };

/**
 * Reads groups of every kind that remembers nothing, classes, the usual escapes, quantifiers (lazy ones as the plain
 * ones, for which match is found does not matter), `.`, `\A`, `^`, `\z` and `$` for the whole text.
 *
 * @throws SyntaxError for anything else
 */
export const parseExpression = (source: string): Expression => {
  let at = 0;
  const fail = (what: string): never => {
    throw new SyntaxError(`${what} at ${at} of ${JSON.stringify(source)}`);
  };
  const take = (shape: RegExp): string | undefined => {
    const sticky = new RegExp(shape.source, "y");
    sticky.lastIndex = at;
    const [found] = sticky.exec(source) ?? [];
    at += found?.length ?? 0;
    return found;
  };

  const classMember = (): readonly Range[] => {
    const member = take(/\\?[\s\S]/) ?? fail("The class does not end");
    return member.startsWith("\\") ? escaped(member.slice(1)) : [range(member)];
  };
  const characterClass = (): Expression => {
    const isNegated = take(/\^/) !== undefined;
    const ranges: Range[] = [];
    while (take(/\]/) === undefined) {
      const [first = fail("The class is empty"), ...more] = classMember();
      if (more.length === 0 && take(/-(?!\])/) !== undefined) {
        const [end = fail("The class does not end")] = classMember();
        ranges.push([first[0], end[1]]);
      } else ranges.push(first, ...more);
    }
    return { kind: "one", of: isNegated ? complement(ranges) : ranges };
  };

  const atom = (): Expression => {
    if (take(/\(\?:|\(\?P?<\w+>|\((?!\?)/) !== undefined) {
      const inside = choice();
      if (take(/\)/) === undefined) fail("A group does not end");
      return inside;
    }
    if (take(/\\A|\^/) !== undefined) return { kind: "textStart" };
    if (take(/\\z|\$/) !== undefined) return { kind: "textEnd" };
    if (take(/\[/) !== undefined) return characterClass();
    if (take(/\./) !== undefined) return { kind: "one", of: complement([range("\n")]) };
    const escapeSequence = take(/\\[^1-9BCGKNRXZbghkpux]/);
    if (escapeSequence !== undefined) return { kind: "one", of: escaped(escapeSequence.slice(1)) };
    const character = take(/[^\\()[\]*+?|]/) ?? fail("This is not understood");
    return { kind: "one", of: [range(character)] };
  };

  const quantified = (): Expression => {
    const part = atom();
    const quantifier = take(/[*+?]|\{\d+(?:,\d*)?\}/);
    if (quantifier === undefined) return part;
    take(/\?/);
    const [least = 0, most = Number.POSITIVE_INFINITY] = bounds(quantifier);
    return { kind: "repeat", part, least, most };
  };

  const choice = (): Expression => {
    const options: Expression[] = [];
    do {
      const parts: Expression[] = [];
      while (at < source.length && !/[|)]/.test(source.charAt(at))) parts.push(quantified());
      options.push(sequence(parts));
    } while (take(/\|/) !== undefined);
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: "choice", options };
  };

  const whole = choice();
  return at < source.length ? fail("A group ends that has not begun") : whole;
};

const bounds = (quantifier: string): number[] => {
  if (quantifier === "*") return [0];
  if (quantifier === "+") return [1];
  if (quantifier === "?") return [0, 1];
  const [least = 0, most = least] = quantifier
    .slice(1, -1)
    .split(",")
    .map((bound) => (bound === "" ? Number.POSITIVE_INFINITY : Number(bound)));
  return [least, most];
};
