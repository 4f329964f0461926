/**
 * Hyperscan's dialect as JavaScript: text is bytes, one character each (latin1). What means something else there and
 * cannot be said here is refused, never guessed.
 *
 * - verified (https://intel.github.io/hyperscan/dev-reference/compilation.html#pattern-support): `\A` and `\z`, POSIX
 *   classes, `\Q...\E`, `\h`, `\x{..}` are supported; groups capture nothing; `.` is anything but a newline.
 * - verified (https://www.pcre.org/original/doc/html/pcrepattern.html): `\s` and `\v` and `$` mean more or less than in
 *   JavaScript, and a `]` that comes first in a class stands for itself.
 * - assumed: bytes stand for themselves, so that a class takes one byte of a longer character, not all of it.
 * - refused: what Hyperscan refuses, option modifiers, octal and control escapes, `\p`, and what is beyond ASCII within
 *   a class or a quotation.
 */
export class UntranslatableError extends Error {
  constructor(expression: string, part: string) {
    super(`The sandbox cannot match ${JSON.stringify(part)} of ${JSON.stringify(expression)}.`);
    this.name = "UntranslatableError";
  }
}

const posix: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  blank: " \\t",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@[-`{-~",
  space: "\\t-\\r ",
  upper: "A-Z",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

/** What stands inside the brackets of a class for an escape that JavaScript reads otherwise. */
const sets: Readonly<Record<string, string>> = {
  s: "\\t-\\r ",
  S: "\\x00-\\x08\\x0e-\\x1f!-\\xff",
  h: "\\t \\xa0",
  H: "\\x00-\\x08\\n-\\x1f!-\\x9f\\xa1-\\xff",
  v: "\\n-\\r\\x85",
  V: "\\x00-\\t\\x0e-\\x84\\x86-\\xff",
};
const same = /^[dDwWnrtf]$/;
const controls: Readonly<Record<string, string>> = { a: "\\x07", e: "\\x1b" };
const anchors: Readonly<Record<string, string>> = {
  A: "(?<![\\s\\S])",
  z: "(?![\\s\\S])",
  b: "\\b",
  B: "\\B",
};

const tokens =
  /\\Q(?<quoted>[\s\S]*?)(?:\\E|$)|\\x\{(?<braced>[0-9A-Fa-f]{1,2})\}|\\x(?<hex>[0-9A-Fa-f]{2})|\\(?<escaped>[\s\S])|(?<group>\(\?(?:P?<[A-Za-z_]\w*>|:)|\((?!\?))|(?<special>\(\?)|(?<quantifier>[*+?]\??|\{\d+(?:,\d*)?\}\??)|(?<open>\[\^?\]?)|(?<other>[\s\S])/y;

const inClass =
  /\[:(?<negated>\^?)(?<posix>\w+):\]|\\x\{(?<braced>[0-9A-Fa-f]{1,2})\}|\\x(?<hex>[0-9A-Fa-f]{2})|\\(?<escaped>[\s\S])|(?<other>[\s\S])/y;

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

const hexadecimal = (digits: string): string => `\\x${digits.padStart(2, "0")}`;

const isForeign = (text = ""): boolean => text > "\x7f";

/** A character beyond ASCII, as it stands in a file in UTF-8. */
const bytesOf = (character = ""): string =>
  `(?:${[...Buffer.from(character)].map((byte) => hexadecimal(byte.toString(16))).join("")})`;

/** The rest of a class behind its opening, and where it ends. */
const classFrom = (expression: string, opening: string, start: number): { source: string; end: number } => {
  const refuse = (part: string) => new UntranslatableError(expression, part);
  let source = opening.replace("]", "\\]");
  inClass.lastIndex = start;
  for (let found = inClass.exec(expression); found !== null; found = inClass.exec(expression)) {
    const [text] = found;
    const { negated, posix: name, braced, hex, escaped, other } = found.groups ?? {};
    if (other === "]") return { source: `${source}]`, end: inClass.lastIndex };
    const digits = braced ?? hex;
    if (name !== undefined) {
      const members = posix[name];
      if (negated === "^" || members === undefined) throw refuse(text);
      source += members;
    } else if (digits !== undefined) source += hexadecimal(digits);
    else if (escaped !== undefined) {
      const known = sets[escaped] ?? controls[escaped] ?? (same.test(escaped) ? `\\${escaped}` : undefined);
      if (known === undefined && /[0-9A-Za-z\u0080-\uffff]/.test(escaped)) throw refuse(text);
      source += known ?? literal(escaped);
    } else if (isForeign(other)) throw refuse(text);
    else source += other === "[" ? "\\[" : other;
  }
  throw refuse(opening);
};

/** The source of a `RegExp` without flags that matches the same bytes. @throws UntranslatableError */
export const translated = (expression: string): string => {
  const refuse = (part: string) => new UntranslatableError(expression, part);
  const odd = /[^\t\n\r -~\u00a0-\ud7ff\ue000-\uffff]/.exec(expression);
  if (odd !== null) throw refuse(odd[0]);
  let source = "";
  tokens.lastIndex = 0;
  for (let found = tokens.exec(expression); found !== null; found = tokens.exec(expression)) {
    const [text] = found;
    const { quoted, braced, hex, escaped, group, special, quantifier, open, other } = found.groups ?? {};
    const digits = braced ?? hex;
    if (/[\u0080-\uffff]/.test(quoted ?? escaped ?? "")) throw refuse(text);
    if (quoted !== undefined) source += literal(quoted);
    else if (digits !== undefined) source += hexadecimal(digits);
    else if (escaped !== undefined) {
      const members = sets[escaped];
      const known =
        (members === undefined ? undefined : `[${members}]`) ??
        anchors[escaped] ??
        controls[escaped] ??
        (same.test(escaped) ? `\\${escaped}` : undefined);
      if (known === undefined && escaped !== "E" && /[0-9A-Za-z]/.test(escaped)) throw refuse(text);
      source += known ?? (escaped === "E" ? "" : literal(escaped));
    } else if (group !== undefined) source += "(?:";
    else if (special !== undefined) throw refuse(expression.slice(found.index, found.index + 4));
    else if (quantifier !== undefined) {
      if (expression[tokens.lastIndex] === "+") throw refuse(`${text}+`);
      source += text;
    } else if (open !== undefined) {
      const { source: inside, end } = classFrom(expression, open, tokens.lastIndex);
      source += inside;
      tokens.lastIndex = end;
    } else if (isForeign(other)) source += bytesOf(other);
    else if (other === ".") source += "[^\\n]";
    else if (other === "^") source += anchors.A;
    else if (other === "$") source += "(?=\\n?(?![\\s\\S]))";
    else source += other === "{" || other === "}" || other === "]" || other === "/" ? `\\${other}` : other;
  }
  return source;
};
