import { translated, UntranslatableError } from "../../../sandbox/github/expression.ts";
import type { PatternContent } from "../../../sandbox/github/index.ts";
import { compile } from "../../../sandbox/github/scanner.ts";
import { assumed, verified } from "./marks.ts";

const hyperscan = "intel.github.io/hyperscan/dev-reference/compilation.html#pattern-support";
const pcre = "pcre.org/original/doc/html/pcrepattern.html";

/** Whether the whole of a text is a match. */
const matches = (expression: string, text: string): boolean =>
  new RegExp(`^(?:${translated(expression)})$`).test(text);

const found = (expression: string, text: string): string[] =>
  [...text.matchAll(new RegExp(translated(expression), "g"))].map(([match]) => match);

describe("an expression means here what it means to Hyperscan", () => {
  verified(hyperscan, "a dot is anything but a newline, and nothing else is left out", async () => {
    expect(found(".", "a\r\u2028\n\x85")).toEqual(["a", "\r", "\u2028", "\x85"]);
  });

  verified(hyperscan, "\\A and \\z are the ends of the file, never of a line", async () => {
    expect(found("\\Aa|b\\z", "a\na\nb\nb")).toEqual(["a", "b"]);
    expect(found("^a|b$", "a\na\nb\nb\n")).toEqual(["a", "b"]);
  });

  verified(pcre, "white space is ASCII's, horizontal space has the no-break space", async () => {
    const spaces = "\t\n\v\f\r \x85\xa0";
    expect(found("\\s", spaces).join("")).toBe("\t\n\v\f\r ");
    expect(found("[\\s]", spaces).join("")).toBe("\t\n\v\f\r ");
    expect(found("\\S", spaces).join("")).toBe("\x85\xa0");
    expect(found("\\h", spaces).join("")).toBe("\t \xa0");
    expect(found("[\\h]", spaces).join("")).toBe("\t \xa0");
    expect(found("\\v", spaces).join("")).toBe("\n\v\f\r\x85");
    expect(found("[\\S]", spaces).join("")).toBe("\x85\xa0");
    expect(found("[\\s\\S]", "a \n")).toEqual(["a", " ", "\n"]);
    expect(found("\\H", "a\t")).toEqual(["a"]);
    expect(found("[\\H\\V]", "a\t\n")).toEqual(["a", "\t", "\n"]);
    expect(found("\\V", "a\n")).toEqual(["a"]);
  });

  verified(pcre, "a bracket that comes first in a class stands for itself", async () => {
    expect(found("[]a]", "a]b")).toEqual(["a", "]"]);
    expect(found("[^]a]", "a]b[")).toEqual(["b", "["]);
    expect(found("[[a]", "[a")).toEqual(["[", "a"]);
  });

  verified(hyperscan, "POSIX classes are sets of ASCII", async () => {
    const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join("");
    const members = (name: string) => found(`[[:${name}:]]`, ascii).join("");
    expect(members("alnum")).toBe("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    expect(members("xdigit")).toBe("0123456789ABCDEFabcdef");
    expect(members("punct")).toBe("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    expect(members("space")).toBe("\t\n\v\f\r ");
    expect(found("[^[:alpha:]_]", "a_1")).toEqual(["1"]);
  });

  test.each([
    ["\\Qa.b*\\E", "a.b*"],
    ["\\Qa.b", "a.b"],
    ["\\x41\\x{42}[\\x43\\x{44}]", "ABC"],
    ["\\a\\e", "\x07\x1b"],
    ["(a)(?:b)(?<n>c)(?P<m>d)", "abcd"],
    ["a{2}b{1,}c{1,3}?d*?", "aabc"],
    ["a{,2}", "a{,2}"],
    ["a{x}]", "a{x}]"],
    ["\\d\\w\\W[\\d][\\t][\\-][.]", "1a-2\t-."],
    ["a\\Eb", "ab"],
    ["\\.\\/\\[", "./["],
    ["a/b", "a/b"],
    ["[a-c]|[0-9+/]{2}", "9+"],
    ["\\bab\\b", "ab"],
    ["(é|秘密)+", Buffer.from("é秘密é").toString("latin1")],
  ])("%s matches %p", (expression, text) => {
    expect(matches(expression, text)).toBe(true);
  });
});

describe("what JavaScript cannot say is refused", () => {
  test.each([
    "(?=a)",
    "(?<!a)b",
    "(?>a)",
    "(?i)a",
    "(?i:a)",
    "a++",
    "a{2}+",
    "(a)\\1",
    "\\p{L}",
    "\\Z",
    "\\K",
    "\\R",
    "\\07",
    "\\cA",
    "[[:^alpha:]]",
    "[[:unheard:]]",
    "[\\p{L}]",
    "[\\b]",
    "[ä]",
    "[\\ä]",
    "\\ä",
    "\\Qaä\\E",
    "\u{1f511}",
    "a\x00",
    "[abc",
    "[]",
  ])("%s", (expression) => {
    expect(() => translated(expression)).toThrow(UntranslatableError);
  });
});

describe("a scan", () => {
  const content: PatternContent = {
    pattern: "[a-z]{4}",
    startDelimiter: "=",
    endDelimiter: ";|\\z",
    mustMatch: [],
    mustNotMatch: [],
  };
  const secrets = (change: Partial<PatternContent>, text: string) =>
    compile({ ...content, ...change })(text).map(({ secret, start, end }) => [secret, start, end]);

  test("takes what stands right between the delimiters, and nothing of them", () => {
    expect(secrets({}, "a=abcd; =efgh;=ijkl =mnop")).toEqual([
      ["abcd", 2, 6],
      ["efgh", 9, 13],
      ["mnop", 21, 25],
    ]);
  });

  test("lets two secrets share what stands between them, and look far back", () => {
    expect(secrets({ startDelimiter: "\\A|;" }, "abcd;efgh;")).toEqual([
      ["abcd", 0, 4],
      ["efgh", 5, 9],
    ]);
    expect(secrets({ startDelimiter: "vendor[^\\n]*=" }, "vendor x=abcd; y=efgh;\n=ijkl;")).toEqual([
      ["abcd", 9, 13],
      ["efgh", 17, 21],
    ]);
  });

  test("holds every condition against the secret alone, anywhere in it", () => {
    const text = "=abcd;=abxd;=xbcd;";
    expect(secrets({ mustMatch: ["b", "d\\z"] }, text)).toHaveLength(3);
    expect(secrets({ mustMatch: ["bc", "^a"] }, text)).toEqual([["abcd", 1, 5]]);
    expect(secrets({ mustNotMatch: ["x"] }, text)).toEqual([["abcd", 1, 5]]);
    expect(secrets({ mustMatch: ["="] }, text)).toEqual([]);
  });

  assumed("lets secrets overlap, and takes no empty one", async () => {
    expect(secrets({ startDelimiter: "", endDelimiter: "" }, "abcde").map(([secret]) => secret)).toEqual([
      "abcd",
      "bcde",
    ]);
    expect(secrets({ pattern: "a*", startDelimiter: "", endDelimiter: "" }, "bab")).toEqual([["a", 1, 2]]);
  });
});
