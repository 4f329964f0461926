/** Condition expressions; `parser.ts` says what is verified and what is missing. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { Parser, type Placeholders } from "./parser.ts";
import { type Item, validationError } from "./table.ts";

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
