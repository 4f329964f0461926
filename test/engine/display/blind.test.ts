import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { createRedactor } from "../../../engine/display/blind.ts";
import type { ResourceState } from "../../../engine/model/deployment.ts";
import type { EngineEvent } from "../../../engine/model/events.ts";
import {
  type PropertyMap,
  type PropertyValue,
  secret,
  signatureKey,
  signatures,
} from "../../../engine/model/property.ts";
import { proof } from "../../proof.ts";
import { client } from "../state/fixtures.ts";
import { clientType, clientUrn, finished, show, summary } from "./fixtures.ts";

const canary = randomBytes(16).toString("hex");

/** Values with the canary planted in secrets, secret outputs and nothing else. */
const values = fc.letrec<{ open: PropertyValue; hidden: PropertyValue }>((tie) => ({
  hidden: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<PropertyValue>(canary, `a ${canary} b`, { [canary]: canary }),
    fc.array(tie("hidden"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("hidden"), { maxKeys: 2 }),
  ),
  open: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<PropertyValue>(null, 1, "text", true),
    tie("hidden").map(secret),
    tie("hidden").map((value): PropertyMap => ({ [signatureKey]: signatures.output, value, secret: true })),
    tie("open").map((value): PropertyMap => ({ [signatureKey]: signatures.output, value })),
    fc.array(tie("open"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("open"), { maxKeys: 2 }),
  ),
}));
const maps = fc.dictionary(fc.constantFrom("a", "b", "c"), values.open, { maxKeys: 3 });
const paths = fc.constantFrom("a", "b", "a.b", "b[0]", "c.a[1].b");

const states = fc.record({ inputs: maps, outputs: maps }).map(({ inputs, outputs }) =>
  client("crm", {
    inputs,
    outputs: { ...outputs, late: canary },
    additionalSecretOutputs: ["late", "absent"],
  }),
);

const events: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc
    .record({
      oldInputs: maps,
      newInputs: maps,
      oldState: states,
      newState: states,
      planned: fc.boolean(),
      changes: fc.array(
        fc.record({
          path: paths,
          kind: fc.constantFrom("update" as const, "add" as const, "delete" as const),
        }),
      ),
    })
    .map((step) => finished({ operation: "update", ...step })),
  fc.constantFrom<EngineEvent>(
    {
      type: "step-failed",
      urn: clientUrn("crm"),
      resourceType: clientType,
      operation: "create",
      message: `HTTP 400 ${canary}`,
    },
    { type: "diagnostic", severity: "error", message: `${canary}${canary}` },
    {
      type: "policy-violation",
      policy: "p",
      pack: "guard",
      packVersion: "1",
      enforcementLevel: "mandatory",
      message: `found ${canary}`,
      remediation: `remove ${canary}`,
    },
  ),
  fc.constant<EngineEvent>({
    type: "prelude",
    operation: "up",
    stack: "dev",
    config: { "demo:token": canary },
    secretKeys: ["demo:token"],
  }),
);

proof(
  "no display shows a secret, wherever it is and whoever quotes it",
  { quick: 200, full: 5_000 },
  (runs, seed) => {
    fc.assert(
      fc.property(
        fc.array(events, { maxLength: 5 }),
        maps,
        fc.constantFrom("text" as const, "json" as const),
        fc.constantFrom("preview" as const, "up" as const),
        fc.boolean(),
        (happened, outputs, kind, operation, color) => {
          const shown = show([...happened, summary({ outputs })], {
            kind,
            operation,
            color,
            secrets: [canary],
          });
          expect(shown).not.toContain(canary);
          expect(shown.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: runs, seed },
    );
  },
);

test.each(["text", "json"] as const)(
  "a message is cleaned of a secret that became known only later (%s)",
  (kind) => {
    const shown = show(
      [
        { type: "diagnostic", severity: "warning", message: `said ${canary}` },
        finished({
          operation: "create",
          newState: client("crm", { outputs: { deep: [{ token: secret(canary) }] } }),
        }),
        summary(),
      ],
      { kind },
    );
    expect(shown).toContain("said [secret]");
  },
);

test("a state is shown with every field, whichever it has", () => {
  const hidden = secret(canary);
  const bare: ResourceState = { urn: clientUrn("bare"), custom: false, type: clientType };
  const steps = [
    finished({ operation: "create", newState: { ...bare, additionalSecretOutputs: ["x"] } }),
    finished({
      operation: "create",
      newState: client("crm", { replacementTrigger: hidden, inputs: { a: hidden } }),
    }),
  ];
  const digest = JSON.parse(show([...steps, summary()], { kind: "json", operation: "preview" }));
  expect(digest.steps.map((step: { newState: unknown }) => step.newState)).toEqual([
    { ...bare, additionalSecretOutputs: ["x"] },
    client("crm", { replacementTrigger: "[secret]", inputs: { a: "[secret]" } }),
  ]);
});

describe("known secrets within a text", () => {
  test("are found as they are, in JSON and in an address", () => {
    const redactor = createRedactor();
    const text = `a"b/${canary}`;
    redactor.learn({ open: "stays", list: [secret({ deep: [text] })] });
    expect(redactor.redact(`${text} ${JSON.stringify(text)} ?q=${encodeURIComponent(text)} stays`)).toBe(
      '[secret] "[secret]" ?q=[secret] stays',
    );
  });

  test("are replaced whole where one contains another", () => {
    const redactor = createRedactor();
    redactor.learn([secret("abcd"), secret("abcdefgh")]);
    expect(redactor.redact("abcdefgh abcd")).toBe("[secret] [secret]");
  });

  test("are let stand where they are too short to be told from words", () => {
    const redactor = createRedactor();
    redactor.learn([
      secret("abc"),
      secret(5),
      secret(null),
      undefined as never,
      secret({ [signatureKey]: "whole" }),
    ]);
    expect(redactor.redact("abc 5 null whole")).toBe("abc 5 null whole");
  });
});
