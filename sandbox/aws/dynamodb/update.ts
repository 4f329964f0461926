/** Update expressions; `parser.ts` says what is verified and what is missing. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { Parser, type Placeholders } from "./parser.ts";
import { type Item, validationError } from "./table.ts";

const numberOf = (value: AttributeValue | undefined): number => {
  if (value?.N === undefined)
    throw validationError("An operand in the update expression has an incorrect data type");
  return Number(value.N);
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
