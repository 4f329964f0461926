import fc from "fast-check";
import { parseIpv4Block, sixteenths } from "../../infra/config/ipv4-block.ts";
import { arn, deadLetterQueueName, functionName, namePrefix } from "../../infra/names.ts";

test("a stack's names begin with its project and its own name", () => {
  expect(namePrefix("genesys-credential-guard", "prod")).toBe("genesys-credential-guard-prod");
});

test("names are short enough for AWS whatever the stack is called, and differ where stacks differ", () => {
  const text = fc.string({
    minLength: 1,
    maxLength: 60,
    unit: fc.constantFrom("a", "b", "-", "_", ".", "é"),
  });
  fc.assert(
    fc.property(text, text, text, (project, one, other) => {
      const prefix = namePrefix(project, one);
      expect(functionName(prefix, "reconcile").length).toBeLessThanOrEqual(64);
      expect(deadLetterQueueName(prefix, "emergency").length).toBeLessThanOrEqual(80);
      expect(`${prefix}-reconciliation`.length).toBeLessThanOrEqual(64);
      expect(prefix).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(namePrefix(project, other) === prefix).toBe(other === one);
    }),
    { seed: 20261121, numRuns: 500 },
  );
});

test.each([
  ["us-east-1", "arn:aws:sqs:us-east-1:123456789012:q"],
  ["cn-north-1", "arn:aws-cn:sqs:cn-north-1:123456789012:q"],
  ["us-gov-west-1", "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:q"],
])("an ARN in %s is of its partition", (region, expected) => {
  expect(arn({ region, accountId: "123456789012", prefix: "p" }, "sqs", "q")).toBe(expected);
});

test("the sixteenths of a block lie in it, one after the other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 24 }), fc.nat(), (prefix, seed) => {
      const size = 2 ** (32 - prefix);
      const first = 10 * 2 ** 24 + (seed % (2 ** 24 / size)) * size;
      const block = { first, prefix, isPrivate: true };
      sixteenths(block, 16).forEach((text, index) => {
        expect(parseIpv4Block(text)).toEqual({
          first: first + (index * size) / 16,
          prefix: prefix + 4,
          isPrivate: true,
        });
      });
    }),
    { seed: 20261121, numRuns: 200 },
  );
});

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/32", "10.0.0.1/31", "text", "1.2.3/8"])(
  "%s is no block",
  (text) => expect(parseIpv4Block(text)).toBeUndefined(),
);

test.each([
  ["10.255.0.0/16", true],
  ["172.16.0.0/12", true],
  ["172.32.0.0/16", false],
  ["192.168.255.0/24", true],
  ["192.169.0.0/24", false],
])("whether %s is private: %s", (text, expected) => {
  expect(parseIpv4Block(text)?.isPrivate).toBe(expected);
});
