import { createHash } from "node:crypto";
import fc from "fast-check";
import { createAutomaton } from "../../../../core/leak/patterns/automaton.ts";
import { proof } from "../../../proof.ts";

const everywhere = (text: string): number[] => Array.from({ length: text.length + 1 }, (_, place) => place);
const sorted = (places: Set<number>): number[] => [...places].toSorted((a, b) => a - b);
const ends = (expression: string, text: string): number[] =>
  sorted(createAutomaton(expression, "forwards")(text, everywhere(text)));
const starts = (expression: string, text: string): number[] =>
  sorted(createAutomaton(expression, "backwards")(text, everywhere(text)));

/** What JavaScript's own engine says, which looks in both directions from a place. */
const asJavaScript = (expression: string): string => expression.replaceAll("\\A", "^").replaceAll("\\z", "$");
const at = (expression: string, text: string): number[] =>
  everywhere(text).filter((place) => {
    const sticky = new RegExp(expression, "y");
    sticky.lastIndex = place;
    return sticky.test(text);
  });
const expectedEnds = (expression: string, text: string) => at(`(?<=${asJavaScript(expression)})`, text);
const expectedStarts = (expression: string, text: string) => at(`(?=${asJavaScript(expression)})`, text);

test.each([
  ["abc", "xabcabc"],
  ["a|bc", "abc"],
  ["a*b", "aab b"],
  ["a+", "baa"],
  ["ab?c", "acabc"],
  ["(?:ab){2}", "ababab"],
  ["a{2,3}", "aaaa"],
  ["a{2,}b", "abaabaaab"],
  ["a{0}b", "ab"],
  ["a+?", "aa"],
  ["(?<x>a)(?P<y>b)(c)".replace("?P<y>", "?<y>"), "abc"],
  [".", "a\nb"],
  ["[a-c]", "abcd-"],
  ["[^a-c]", "abcd-"],
  ["[a-]", "a-b"],
  ["[\\]\\-x]", "]-x\\"],
  ["[\\s\\d]", "a 1\n"],
  ["[^\\r\\n]*\\n", "ab\ncd\n"],
  ["[^\\s\\S]|a", "ab"],
  ["\\d\\D", "1a2"],
  ["\\w\\W", "a_-é"],
  ["\\s\\S", "a b\tc"],
  ["\\t\\r\\n", "\t\r\n"],
  ["\\.\\/\\(", "./("],
  ["シー|é", "シーé"],
  ["[\\uffff]".replace("\\uffff", "\uffff"), "a\uffff"],
  ["[^\uffff]", "a\uffff"],
  ["", "ab"],
  ["a|", "ab"],
])("%s ends and starts in %j where JavaScript says", (expression, text) => {
  expect(ends(expression, text)).toEqual(expectedEnds(expression, text));
  expect(starts(expression, text)).toEqual(expectedStarts(expression, text));
});

test.each(["\\A", "^"])("%s holds at the text's start", (anchor) => {
  expect(ends(`${anchor}a|b`, "aab")).toEqual([1, 3]);
  expect(ends(`${anchor}(.*c)?`, "abcb")).toEqual([0, 3]);
});

test.each(["\\z", "$"])("%s holds at the text's end", (anchor) => {
  expect(starts(`a${anchor}|b`, "aba")).toEqual([1, 2]);
  expect(starts(`(b.*)?${anchor}`, "abab")).toEqual([1, 3, 4]);
});

test("an anchor at the wrong end never holds before or after something", () => {
  expect(ends("a\\z", "aa")).toEqual([]);
  expect(starts("\\Aa", "aa")).toEqual([]);
});

test("only the places that were asked for are answered", () => {
  const automaton = createAutomaton("a", "forwards");
  expect(sorted(automaton("aaaa", [2, 4]))).toEqual([2, 4]);
  expect(sorted(automaton("baaa", [1]))).toEqual([]);
  expect(sorted(createAutomaton("a", "backwards")("aaab", [1, 3]))).toEqual([1]);
});

test.each([
  ["(a", "A group does not end"],
  ["a)", "A group ends that has not begun"],
  ["[a", "The class does not end"],
  ["[a-", "The class does not end"],
  ["*a", "This is not understood"],
  ["(?=a)", "This is not understood"],
  ["\\1", "This is not understood"],
  ["\\Ka", "This is not understood"],
  ["a\\", "This is not understood"],
])("%s is refused: %s", (expression, reason) => {
  expect(() => createAutomaton(expression, "forwards")).toThrow(SyntaxError);
  expect(() => createAutomaton(expression, "forwards")).toThrow(reason);
});

test("where an expression has more states than are kept, the answer is the same", () => {
  const bytes = createHash("shake256", { outputLength: 6_000 }).update("states").digest();
  const text = Array.from(bytes, (byte) => (byte % 2 === 0 ? "a" : "b")).join("");
  const expression = "a[ab]{14}";
  const expected = everywhere(text).filter((place) => place >= 15 && text[place - 15] === "a");
  expect(ends(expression, text)).toEqual(expected);
});

const { expression: anyExpression } = fc.letrec<{ expression: string; piece: string }>((tie) => ({
  expression: fc
    .array(
      fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((options) => options.join("|")),
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "[ab]", "[^a]", ".", "\\n", "\\s", "\\A", "\\z", "[^\\r\\n]"),
    fc
      .tuple(fc.constantFrom("a", "b", "[^a]", "."), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}"))
      .map((parts) => parts.join("")),
    fc
      .tuple(tie("expression"), fc.constantFrom("", "*", "+", "?", "{2}", "{0,2}"))
      .map(([inner, quantifier]) => `(${inner})${quantifier}`),
  ),
}));
const anyText = fc
  .array(fc.constantFrom("a", "b", "\n", " "), { maxLength: 10 })
  .map((units) => units.join(""));

proof("the automaton agrees with JavaScript's own engine", { quick: 1_000, full: 50_000 }, (runs, seed) => {
  fc.assert(
    fc.property(anyExpression, anyText, (expression, text) => {
      // Its anchors hold in one direction alone, since a secret stands at the other end.
      const isAnchored = (anchor: string): boolean => expression.includes(anchor);
      if (!isAnchored("\\z")) expect(ends(expression, text)).toEqual(expectedEnds(expression, text));
      if (!isAnchored("\\A")) expect(starts(expression, text)).toEqual(expectedStarts(expression, text));
    }),
    { numRuns: runs, seed },
  );
});
