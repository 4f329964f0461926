/**
 * The regular expressions that GitHub secret scanning takes: Hyperscan's subset of PCRE, less what GitHub itself
 * turns down. This finds the constructs that are known to be refused; it does not compile the expression.
 *
 * https://docs.github.com/en/code-security/reference/secret-security/custom-patterns
 * https://intel.github.io/hyperscan/dev-reference/compilation.html#pattern-support
 */
interface Refused {
  /** Matches the construct, up to where its inside begins. */
  shape: RegExp;
  /** What the construct is called, and what to write in its place. */
  reason: string;
}

const refused = {
  lookAround: {
    shape: /\(\?<?[=!]/,
    reason:
      "look-around is not supported: put the context into the start or end delimiter, or a condition on the secret into mustMatch or mustNotMatch",
  },
  atomicGroup: {
    shape: /\(\?>/,
    reason: "atomic groups are not supported: use a plain group, (?:...)",
  },
  // GitHub's reference rules modifiers out while its own published patterns use (?i): spelled out, case is safe either way.
  modifier: {
    shape: /\(\?[imsxnUJ^-]+[:)]/,
    reason: "option modifiers are not supported: spell the case out, such as [Aa][Pp][Ii]",
  },
  recursion: {
    shape: /\(\?(?:R|[-+]?\d+|&|P>)|\\g[<']/,
    reason: "recursion and calls of groups are not supported: write the repeated part out",
  },
  conditional: {
    shape: /\(\?(?=\()/,
    reason: "conditional groups are not supported: use an alternation, (?:...|...)",
  },
  branchReset: {
    shape: /\(\?\|/,
    reason: "branch reset is not supported: use a plain group, (?:...|...)",
  },
  callout: { shape: /\(\?C/, reason: "callouts are not supported: leave it out" },
  controlVerb: {
    shape: /\(\*(?!UTF8\)|UCP\))\w+/,
    reason: "control verbs are not supported: leave it out",
  },
  backReference: {
    shape: /\\[1-9]|\\k[<{']|\\g[-{\d]|\(\?P=/,
    reason: "back-references are not supported: write the repeated part out",
  },
  endAnchor: { shape: /\\Z/, reason: "GitHub refuses \\Z: use \\z" },
  escape: {
    shape: /\\[CGKNRX]/,
    reason: "this escape is not supported: spell the characters out in a class",
  },
  possessive: {
    shape: /(?:[*+?]|\{\d+(?:,\d*)?\})\+/,
    reason: "possessive quantifiers are not supported: use the plain quantifier",
  },
  // 32,767 is the most.
  hugeRepeat: {
    shape: /\{(?:\d+,)?(?:\d{6,}|[4-9]\d{4}|3[3-9]\d{3}|32[89]\d{2}|327[7-9]\d|3276[89])\}/,
    reason: "a repeat beyond 32,767 is not supported: leave the upper bound out",
  },
} satisfies Record<string, Refused>;

const unbalanced = "the brackets do not balance: close the group or class, or escape the bracket";

export type RefusedConstruct = keyof typeof refused | "unbalanced";

export interface DialectFault {
  construct: RefusedConstruct;
  /** The offending text. */
  text: string;
  /** Where it starts, in characters from 0. */
  position: number;
  /** What the construct is called, and what to write in its place. */
  reason: string;
}

/** Quoted text, escapes and classes, whose inside is inert, and everything else by the character. */
const inert = /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|[\s\S]/;

/** One token at a time, refused constructs by name. */
const tokens = new RegExp(
  [...Object.entries(refused).map(([name, { shape }]) => `(?<${name}>${shape.source})`), inert.source].join(
    "|",
  ),
  "g",
);

const isConstruct = (name: string): name is keyof typeof refused => Object.hasOwn(refused, name);

/** Every construct of the expression that GitHub refuses, in order; empty when there is none. */
export const dialectFaults = (expression: string): DialectFault[] => {
  const faults: DialectFault[] = [];
  const open: number[] = [];
  for (const { 0: text, index: position, groups = {} } of expression.matchAll(tokens)) {
    for (const construct of Object.keys(groups).filter((name) => groups[name] !== undefined))
      if (isConstruct(construct))
        faults.push({ construct, text, position, reason: refused[construct].reason });
    if (text.startsWith("(") && !text.endsWith(")")) open.push(position);
    if (text === "[" || (text === ")" && open.pop() === undefined))
      faults.push({ construct: "unbalanced", text, position, reason: unbalanced });
  }
  for (const position of open)
    faults.push({ construct: "unbalanced", text: "(", position, reason: unbalanced });
  return faults.toSorted((a, b) => a.position - b.position);
};
