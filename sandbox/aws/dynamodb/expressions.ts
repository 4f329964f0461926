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

const numberOf = (value: AttributeValue | undefined): number => {
  if (value?.N === undefined)
    throw validationError("An operand in the update expression has an incorrect data type");
  return Number(value.N);
};

type Compare = (a: AttributeValue, b: AttributeValue) => boolean;

/** Undefined where the two are of different types. */
const order = (a: AttributeValue, b: AttributeValue): number | undefined => {
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.S !== undefined && b.S !== undefined) return a.S < b.S ? -1 : a.S > b.S ? 1 : 0;
  return undefined;
};

const isEqual: Compare = (a, b) => order(a, b) === 0 || JSON.stringify(a) === JSON.stringify(b);

const comparators: Readonly<Record<string, Compare>> = {
  "=": isEqual,
  "<>": (a, b) => !isEqual(a, b),
  "<": (a, b) => (order(a, b) ?? 0) < 0,
  "<=": (a, b) => (order(a, b) ?? 1) <= 0,
  ">": (a, b) => (order(a, b) ?? 0) > 0,
  ">=": (a, b) => (order(a, b) ?? -1) >= 0,
};

class Parser {
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

type Condition = (item: Item | undefined) => boolean;

const factor = (parser: Parser): Condition => {
  if (parser.skip("NOT")) {
    const inner = factor(parser);
    return (item) => !inner(item);
  }
  if (parser.skip("(")) {
    const inner = disjunction(parser);
    parser.expect(")");
    return inner;
  }
  for (const [name, wanted] of [
    ["ATTRIBUTE_EXISTS", true],
    ["ATTRIBUTE_NOT_EXISTS", false],
  ] as const) {
    if (!parser.skip(name)) continue;
    parser.expect("(");
    const attribute = parser.name();
    parser.expect(")");
    return (item) => (item?.[attribute] !== undefined) === wanted;
  }
  const left = parser.operand();
  const comparator = parser.take();
  const holds = comparators[comparator];
  if (holds === undefined)
    throw validationError(`Invalid ConditionExpression: ${comparator} is not supported here`);
  const right = parser.operand();
  return (item) => {
    const [a, b] = [left(item), right(item)];
    return a === undefined || b === undefined ? comparator === "<>" : holds(a, b);
  };
};

const conjunction = (parser: Parser): Condition => {
  const parts = [factor(parser)];
  while (parser.skip("AND")) parts.push(factor(parser));
  return (item) => parts.every((holds) => holds(item));
};

const disjunction = (parser: Parser): Condition => {
  const parts = [conjunction(parser)];
  while (parser.skip("OR")) parts.push(conjunction(parser));
  return (item) => parts.some((holds) => holds(item));
};

/** @throws AwsError ValidationException */
export const parseCondition = (text: string | undefined, placeholders: Placeholders): Condition => {
  if (text === undefined) return () => true;
  const parser = new Parser("ConditionExpression", text, placeholders);
  const condition = disjunction(parser);
  if (parser.next !== undefined)
    throw validationError(`Invalid ConditionExpression: Syntax error; token: "${parser.next}"`);
  return condition;
};

type Value = (item: Item | undefined) => AttributeValue;

const term = (parser: Parser): Value => {
  const present = (operand: AttributeValue | undefined): AttributeValue => {
    if (operand === undefined)
      throw validationError("The provided expression refers to an attribute that does not exist in the item");
    return operand;
  };
  if (!parser.skip("IF_NOT_EXISTS")) {
    const operand = parser.operand();
    return (item) => present(operand(item));
  }
  parser.expect("(");
  const attribute = parser.name();
  parser.expect(",");
  const otherwise = term(parser);
  parser.expect(")");
  return (item) => item?.[attribute] ?? otherwise(item);
};

const expression = (parser: Parser): Value => {
  const first = term(parser);
  const sign = parser.next === "+" ? 1 : parser.next === "-" ? -1 : undefined;
  if (sign === undefined) return first;
  parser.take();
  const second = term(parser);
  return (item) => ({ N: String(numberOf(first(item)) + sign * numberOf(second(item))) });
};

type Change = (before: Item | undefined, after: Record<string, AttributeValue>) => void;

const clauses: Readonly<Record<string, (parser: Parser) => Change>> = {
  SET: (parser) => {
    const name = parser.name();
    parser.expect("=");
    const value = expression(parser);
    return (before, after) => {
      after[name] = value(before);
    };
  },
  REMOVE: (parser) => {
    const name = parser.name();
    return (_before, after) => {
      delete after[name];
    };
  },
  ADD: (parser) => {
    const name = parser.name();
    const value = parser.value(parser.take());
    return (before, after) => {
      after[name] = { N: String(numberOf(before?.[name] ?? { N: "0" }) + numberOf(value)) };
    };
  },
};

/** What an update makes of an item; every clause sees it as it was before. @throws AwsError ValidationException */
export const parseUpdate = (
  text: string,
  placeholders: Placeholders,
): ((item: Item | undefined) => Record<string, AttributeValue>) => {
  const parser = new Parser("UpdateExpression", text, placeholders);
  const changes: Change[] = [];
  const seen = new Set<string>();
  while (parser.next !== undefined) {
    const word = parser.take().toUpperCase();
    const clause = clauses[word];
    if (clause === undefined)
      throw validationError(`Invalid UpdateExpression: ${word} is not supported here`);
    if (seen.has(word))
      throw validationError(
        `Invalid UpdateExpression: The "${word}" section can only be used once in an update expression;`,
      );
    seen.add(word);
    do changes.push(clause(parser));
    while (parser.skip(","));
  }
  return (item) => {
    const after = { ...item };
    for (const change of changes) change(item, after);
    return after;
  };
};
