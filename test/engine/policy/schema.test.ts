import type { PropertyMap, PropertyValue } from "../../../engine/model/property.ts";
import { violations } from "../../../engine/policy/schema.ts";

describe("the configuration of a policy, against its schema", () => {
  test.each<[PropertyMap, PropertyValue]>([
    [{ type: "string" }, "x"],
    [{ type: "number" }, 1],
    [{ type: ["integer", "null"] }, null],
    [{ enum: ["a", { b: 1 }] }, { b: 1 }],
    [{ minimum: 1, maximum: 3, multipleOf: 2 }, 2],
    [{ minLength: 1, pattern: "^a" }, "ab"],
    [{ format: "regex" }, "a+"],
    [{ format: "ipv4" }, "192.0.2.1"],
    [{ items: { type: "string" }, minItems: 1, uniqueItems: true }, ["a", "b"]],
    [
      { properties: { a: { const: 1 } }, required: ["a"], additionalProperties: { type: "number" } },
      { a: 1, b: 2 },
    ],
    [{ title: "t", description: "d", default: 1 }, 1],
  ])("%j allows %j", (schema, value) => {
    expect(violations(schema, value, "")).toEqual([]);
  });

  test.each<[PropertyMap, PropertyValue, string[]]>([
    [{ type: "integer" }, 1.5, ["must be of type integer, not number"]],
    [{ type: "object" }, null, ["must be of type object, not null"]],
    [{ enum: ["a"] }, "b", ['must be one of ["a"]']],
    [{ const: 1 }, 2, ["must be 1"]],
    [{ minimum: 1, exclusiveMaximum: 0 }, 0, ["must be at least 1", "must be less than 0"]],
    [{ maximum: 1 }, 2, ["must be at most 1"]],
    [{ exclusiveMinimum: 1 }, 1, ["must be more than 1"]],
    [{ multipleOf: 2 }, 3, ["must be a multiple of 2"]],
    [{ minLength: 2 }, "a", ["must have at least 2 characters"]],
    [{ maxItems: 1 }, [1, 2], ["must have at most 1 items"]],
    [{ uniqueItems: true }, [1, 1], ["must not repeat an item"]],
    [{ pattern: "^a" }, "b", ["must match ^a"]],
    [{ format: "regex" }, "(", ["must be of the format regex"]],
    [{ format: "ipv6" }, "192.0.2.1", ["must be of the format ipv6"]],
    [{ items: { type: "string" } }, ["a", 1], ["[1] must be of type string, not integer"]],
    [{ required: ["a"] }, {}, ["a is required"]],
    [{ properties: {}, additionalProperties: false }, { a: { b: 1 } }, ["a is not known"]],
    [
      { properties: { a: { properties: { b: { type: "null" } } } } },
      { a: { b: 1 } },
      ["a.b must be of type null, not integer"],
    ],
  ])("%j does not allow %j", (schema, value, problems) => {
    expect(violations(schema, value, "")).toEqual(problems);
  });

  test.each<[PropertyMap, string]>([
    [{ oneOf: [] }, "has a schema with oneOf, which guard cannot check"],
    [{ format: "uri" }, "has a schema with the format uri, which guard cannot check"],
  ])("%j is refused, because it would not be enforced", (schema, problem) => {
    expect(violations(schema, "x", "")).toEqual([problem]);
  });
});
