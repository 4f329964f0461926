/**
 * Condition and update expressions over the attributes of one item.
 *
 * Verified (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html): `=`, `<>`, `<`, `<=`, `>`,
 * `>=`, AND, OR, NOT, parentheses, attribute_exists, attribute_not_exists; SET with `+`, `-` and if_not_exists, REMOVE,
 * ADD of numbers, each clause once; a comparison with an attribute that is not there, or of another type, is false, but
 * `<>` is true; names and values by placeholder only where they are given.
 * Gaps, refused by name: paths into maps and lists, every other function, BETWEEN, IN, DELETE, sets.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Item, validationError } from "./table.ts";

export interface Placeholders {
  names: Readonly<Record<string, string>>;
  values: Readonly<Record<string, AttributeValue>>;
}

const tokenPattern = /\s*(?:([A-Za-z_][\w.[\]-]*|[#:]\w+)|(<>|<=|>=|[=<>(),+-]))/y;

const tokensOf = (kind: string, text: string): string[] => {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (text.slice(tokenPattern.lastIndex).trim() !== "") {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) throw validationError(`Invalid ${kind}: Syntax error; near "${text.slice(at)}"`);
    tokens.push(match[1] ?? match[2] ?? "");
  }
  return tokens;
};

const isKeyword = (token: string | undefined, word: string): boolean => token?.toUpperCase() === word;

/** Reads the words of an expression one by one. */
export class Parser {
  readonly #tokens: string[];
  readonly #kind: string;
  readonly #placeholders: Placeholders;
  #at = 0;

  constructor(kind: string, text: string, placeholders: Placeholders) {
    this.#kind = kind;
    this.#tokens = tokensOf(kind, text);
    this.#placeholders = placeholders;
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw validationError(`Invalid ${this.#kind}: Syntax error; it ends too early`);
    this.#at += 1;
    return token;
  }

  skip(token: string): boolean {
    if (!isKeyword(this.next, token)) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    const found = this.take();
    if (found.toUpperCase() !== token)
      throw validationError(`Invalid ${this.#kind}: Syntax error; token: "${found}", expected "${token}"`);
  }

  name(): string {
    const token = this.take();
    if (/[.[\]]/.test(token) || !/^[#A-Za-z_]/.test(token))
      throw validationError(`Invalid ${this.#kind}: ${token} is not supported as a name here`);
    if (!token.startsWith("#")) return token;
    const name = this.#placeholders.names[token];
    if (name === undefined)
      throw validationError(
        `Invalid ${this.#kind}: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      );
    return name;
  }

  value(token: string): AttributeValue {
    const value = this.#placeholders.values[token];
    if (value === undefined)
      throw validationError(
        `Invalid ${this.#kind}: An expression attribute value used in expression is not defined; attribute value: ${token}`,
      );
    return value;
  }

  /** What a value or the name of an attribute stands for. */
  operand(): (item: Item | undefined) => AttributeValue | undefined {
    if (this.next?.startsWith(":")) {
      const value = this.value(this.take());
      return () => value;
    }
    const name = this.name();
    return (item) => item?.[name];
  }
}
