import fc from "fast-check";
import {
  isSecret,
  type PropertyMap,
  type PropertyValue,
  secret,
  signatureKey,
  signatures,
  unknownValue,
} from "../../../engine/model/property.ts";
import {
  annotateSecrets,
  containsSecret,
  containsUnknown,
  equal,
  mapRedacted,
  mapWithoutSecrets,
  withoutOutputs,
  withoutReferences,
} from "../../../engine/wire/values.ts";
import { proof } from "../../proof.ts";

const { value: anyValue } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<PropertyValue>(null, true, 0, 1.5, "", "text", unknownValue),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    tie("value").map((inner): PropertyValue => secret(inner)),
  ),
}));
const anyMap = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), anyValue);

describe("marks of secrets", () => {
  proof(
    "a value without its marks contains none, and is otherwise the same",
    { quick: 200, full: 5000 },
    (numRuns, seed) => {
      fc.assert(
        fc.property(anyMap, (map) => {
          const plain = mapWithoutSecrets(map);
          expect(containsSecret(plain)).toBe(false);
          expect(equal(mapWithoutSecrets(plain), plain)).toBe(true);
          expect(containsUnknown(plain)).toBe(containsUnknown(map));
        }),
        { numRuns, seed },
      );
    },
  );

  proof(
    "what a provider answers with its inputs is as secret as they are",
    { quick: 200, full: 5000 },
    (numRuns, seed) => {
      fc.assert(
        fc.property(anyMap, (inputs) => {
          const answered = annotateSecrets(mapWithoutSecrets(inputs), inputs);
          expect(equal(mapWithoutSecrets(answered), mapWithoutSecrets(inputs))).toBe(true);
          for (const key of Object.keys(inputs))
            expect(containsSecret(answered[key])).toBe(containsSecret(inputs[key]));
        }),
        { numRuns, seed },
      );
    },
  );

  test("survive in a list as a mark on the list", () => {
    expect(annotateSecrets({ list: ["a", "b"] }, { list: ["a", secret("b")] })).toEqual({
      list: secret(["a", "b"]),
    });
  });

  test("are not put on outputs of other names", () => {
    expect(annotateSecrets({ id: "1" }, { token: secret("x") })).toEqual({ id: "1" });
  });

  test("hide the value from a person", () => {
    expect(mapRedacted({ a: secret("x"), b: [{ c: secret({ d: 1 }) }], e: 2 })).toEqual({
      a: "[secret]",
      b: [{ c: "[secret]" }],
      e: 2,
    });
  });
});

describe("outputs in inputs", () => {
  const output = (rest: PropertyMap): PropertyMap => ({ [signatureKey]: signatures.output, ...rest });

  test("become what they are: unknown, secret or plain; their dependencies are kept", () => {
    const dependencies = new Set<string>();

    const plain = withoutOutputs(
      {
        known: output({ value: "x", dependencies: ["urn:1"] }),
        unknown: output({ dependencies: ["urn:2"] }),
        hidden: output({ value: [1], secret: true }),
        list: [output({ value: output({ value: true }) })],
      },
      dependencies,
    );

    expect(plain).toEqual({ known: "x", unknown: unknownValue, hidden: secret([1]), list: [true] });
    expect([...dependencies]).toEqual(["urn:1", "urn:2"]);
  });
});

describe("references to resources", () => {
  test("become ids, or URNs where there is no id", () => {
    const reference = { [signatureKey]: signatures.resource, urn: "urn:1" };

    expect(withoutReferences({ a: { ...reference, id: "id-1" }, b: [reference] })).toEqual({
      a: "id-1",
      b: ["urn:1"],
    });
  });
});

describe("equality", () => {
  proof(
    "holds between a value and its copy with the keys in another order",
    { quick: 200, full: 5000 },
    (numRuns, seed) => {
      const reversed = (value: PropertyValue): PropertyValue => {
        if (Array.isArray(value)) return value.map(reversed);
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, inner]) => [key, reversed(inner)]),
        );
      };
      fc.assert(
        fc.property(anyValue, anyValue, (left, right) => {
          expect(equal(left, reversed(left))).toBe(true);
          expect(equal(left, right)).toBe(equal(right, left));
          expect(equal([left], [right, null])).toBe(false);
        }),
        { numRuns, seed },
      );
    },
  );

  test.each<[PropertyValue | undefined, PropertyValue | undefined]>([
    [null, undefined],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1 }, { b: 1 }],
    [[], {}],
    [1, "1"],
  ])("does not hold between %j and %j", (left, right) => {
    expect(equal(left, right)).toBe(false);
  });

  test("tells a secret from the same value in clear", () => {
    expect(isSecret(secret(1))).toBe(true);
    expect(equal(secret(1), 1)).toBe(false);
  });
});
