/**
 * The regular expressions that GitHub secret scanning takes: Hyperscan's subset of PCRE, less what GitHub itself
 * turns down. This finds the constructs that are known to be refused; it does not compile the expression.
 *
 * https://docs.github.com/en/code-security/reference/secret-security/custom-patterns
 * https://intel.github.io/hyperscan/dev-reference/compilation.html#pattern-support
 */
export type RefusedConstruct =
  | "lookAround"
  | "backReference"
  | "atomicGroup"
  | "possessive"
  | "endAnchor"
  | "modifier"
  | "unbalanced";

export interface DialectFault {
  construct: RefusedConstruct;
  /** The offending text. */
  text: string;
  /** Where it starts, in characters from 0. */
  position: number;
  /** What the construct is called, and what to write in its place. */
  reason: string;
}

const reasons: Record<RefusedConstruct, string> = {
  lookAround:
    "look-around is not supported: put the context into the start or end delimiter, or a condition on the secret into mustMatch or mustNotMatch",
  backReference: "back-references are not supported: write the repeated part out",
  atomicGroup: "atomic groups are not supported: use a plain group, (?:...)",
  possessive: "possessive quantifiers are not supported: use the plain quantifier",
  endAnchor: "GitHub refuses \\Z: use \\z",
  // GitHub's reference rules modifiers out while its own published patterns use (?i): spelled out, case is safe either way.
  modifier: "option modifiers are not supported: spell the case out, such as [Aa][Pp][Ii]",
  unbalanced: "the brackets do not balance: close the group or class, or escape the bracket",
};

/** One token at a time: refused constructs by name, then quoted text, escapes and classes, whose inside is inert. */
const tokens =
  /(?<lookAround>\(\?<?[=!])|(?<atomicGroup>\(\?>)|(?<modifier>\(\?[imsxnUJ^-]+[:)])|(?<backReference>\\[1-9]|\\k[<{']|\\g[-{\d]|\(\?P=)|(?<endAnchor>\\Z)|(?<possessive>(?:[*+?]|\{\d+(?:,\d*)?\})\+)|\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|[\s\S]/g;

const isConstruct = (name: string): name is RefusedConstruct => Object.hasOwn(reasons, name);

/** Every construct of the expression that GitHub refuses, in order; empty when there is none. */
export const dialectFaults = (expression: string): DialectFault[] => {
  const faults: DialectFault[] = [];
  const report = (construct: RefusedConstruct, text: string, position: number): void => {
    faults.push({ construct, text, position, reason: reasons[construct] });
  };
  const open: number[] = [];
  for (const { 0: text, index, groups = {} } of expression.matchAll(tokens)) {
    const [construct] = Object.keys(groups).filter((name) => groups[name] !== undefined);
    if (construct !== undefined && isConstruct(construct)) report(construct, text, index);
    if (text.startsWith("(") && !text.endsWith(")")) open.push(index);
    if (text === "[" || (text === ")" && open.pop() === undefined)) report("unbalanced", text, index);
  }
  for (const position of open) report("unbalanced", "(", position);
  return faults.toSorted((a, b) => a.position - b.position);
};
