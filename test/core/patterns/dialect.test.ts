import fc from "fast-check";
import { dialectFaults, type RefusedConstruct } from "../../../core/patterns/dialect.ts";

describe("the dialect of GitHub's custom patterns", () => {
  test.each<[string, RefusedConstruct, string, number]>([
    ["a(?=b)", "lookAround", "(?=", 1],
    ["a(?!b)", "lookAround", "(?!", 1],
    ["(?<=a)b", "lookAround", "(?<=", 0],
    ["(?<!a)b", "lookAround", "(?<!", 0],
    ["(a)\\1", "backReference", "\\1", 3],
    ["(?<x>a)\\k<x>", "backReference", "\\k<", 7],
    ["(a)\\g{1}", "backReference", "\\g{", 3],
    ["(?P<x>a)(?P=x)", "backReference", "(?P=", 8],
    ["(?>ab)", "atomicGroup", "(?>", 0],
    ["a++", "possessive", "++", 1],
    ["a*+", "possessive", "*+", 1],
    ["a{2,3}+", "possessive", "{2,3}+", 1],
    ["a\\Z", "endAnchor", "\\Z", 1],
    ["(?i)a", "modifier", "(?i)", 0],
    ["(?i:a)", "modifier", "(?i:", 0],
    ["(?-s)a", "modifier", "(?-s)", 0],
    ["(?R)", "recursion", "(?R", 0],
    ["(a)(?1)", "recursion", "(?1", 3],
    ["(a)(?-1)", "recursion", "(?-1", 3],
    ["(?<x>a)(?&x)", "recursion", "(?&", 7],
    ["(?P<x>a)(?P>x)", "recursion", "(?P>", 8],
    ["(?<x>a)\\g<x>", "recursion", "\\g<", 7],
    ["(a)?(?(1)b|c)", "conditional", "(?", 4],
    ["(*FAIL)", "controlVerb", "(*FAIL", 0],
    ["a(?C1)", "callout", "(?C", 1],
    ["(?|(a)|(b))", "branchReset", "(?|", 0],
    ["a\\Kb", "escape", "\\K", 1],
    ["a\\R", "escape", "\\R", 1],
    ["a\\X", "escape", "\\X", 1],
    ["a\\C", "escape", "\\C", 1],
    ["\\Ga", "escape", "\\G", 0],
    ["a\\Nb", "escape", "\\N", 1],
    ["a{32768}", "hugeRepeat", "{32768}", 1],
    ["a{1,40000}", "hugeRepeat", "{1,40000}", 1],
    ["a{1,100000}", "hugeRepeat", "{1,100000}", 1],
    ["(a", "unbalanced", "(", 0],
    ["a)", "unbalanced", ")", 1],
    ["[a", "unbalanced", "[", 0],
  ])("%s is refused: %s %s at %i", (expression, construct, text, position) => {
    expect(dialectFaults(expression)).toMatchObject([{ construct, text, position }]);
  });

  test.each([
    "[a-zA-Z0-9_-]{42}[AEIMQUYcgkosw048]",
    "\\A|[^0-9A-Za-z]",
    "\\z|[^0-9A-Za-z]",
    "(?:a|b)+?",
    "(?<name>a)(?P<other>b)",
    "[(?=]",
    "[]()]",
    "[^]()]",
    "[[:alpha:](]",
    "\\(\\?=",
    "\\++",
    "\\\\+",
    "(*UTF8)a",
    "\\\\K",
    "a{2,32767}",
    "\\Q(?=\\1\\E",
    "\\Q(((",
    "[\\1\\]\\Z]",
    "",
  ])("%s is taken", (expression) => {
    expect(dialectFaults(expression)).toEqual([]);
  });

  test("every fault of an expression is reported, in order, with what to write instead", () => {
    expect(dialectFaults("(?i)(a)\\1\\Z").map(({ construct }) => construct)).toEqual([
      "modifier",
      "backReference",
      "endAnchor",
    ]);
    expect(dialectFaults("a\\Z")[0]?.reason).toContain("use \\z");
  });

  test("text that is escaped character by character is always taken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(dialectFaults(text.replaceAll(/[^0-9A-Za-z]/g, "\\$&"))).toEqual([]);
      }),
      { seed: 1 },
    );
  });

  test("a fault is where it says", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab(?=)\\1Z+[\]{2}]{0,20}$/), (expression) => {
        for (const { text, position } of dialectFaults(expression))
          expect(expression.slice(position, position + text.length)).toBe(text);
      }),
      { seed: 2 },
    );
  });
});
