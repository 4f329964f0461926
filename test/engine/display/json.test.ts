import type { EngineEvent } from "../../../engine/model/events.ts";
import { secret } from "../../../engine/model/property.ts";
import { client } from "../state/fixtures.ts";
import { clientType, clientUrn, finished, show, stackUrn, summary } from "./fixtures.ts";

const events: EngineEvent[] = [
  {
    type: "prelude",
    operation: "preview",
    stack: "dev",
    config: { "demo:a": "b", "demo:token": "hidden value" },
    secretKeys: ["demo:token", "demo:gone"],
  },
  { type: "step-started", urn: clientUrn("crm"), resourceType: clientType, operation: "update" },
  finished({ operation: "same", urn: stackUrn, resourceType: "pulumi:pulumi:Stack", planned: true }),
  finished({ operation: "same", urn: clientUrn("quiet"), planned: true }),
  finished({
    operation: "update",
    planned: true,
    provider: "urn::id",
    parent: stackUrn,
    oldInputs: { roles: ["a"], token: secret("x") },
    newInputs: { roles: ["b"], token: secret("y") },
    changes: [
      { path: "roles[0]", kind: "update" },
      { path: "roles[1]", kind: "add" },
      { path: '["a.b"]', kind: "update-replace" },
      { path: "name", kind: "update-replace" },
    ],
  }),
  finished({ operation: "replace", urn: clientUrn("erp"), oldState: client("erp"), newState: client("erp") }),
  finished({ operation: "create-replacement", urn: clientUrn("erp") }),
  finished({ operation: "delete-replaced", urn: clientUrn("erp") }),
  finished({ operation: "delete", urn: clientUrn("old"), oldState: client("old") }),
  {
    type: "step-failed",
    urn: clientUrn("bad"),
    resourceType: clientType,
    operation: "create",
    message: "409",
  },
  { type: "diagnostic", severity: "debug", message: "never" },
  { type: "diagnostic", severity: "info", message: "status", ephemeral: true },
  { type: "diagnostic", severity: "warning", message: "careful" },
  {
    type: "policy-violation",
    urn: clientUrn("crm"),
    policy: "lifetime",
    pack: "guard",
    packVersion: "1.0.0",
    enforcementLevel: "mandatory",
    message: "Too long.",
    remediation: "Set 300.",
  },
  {
    type: "policy-violation",
    policy: "names",
    pack: "guard",
    packVersion: "1.0.0",
    enforcementLevel: "advisory",
    message: "Odd name.",
  },
];
const end = summary({
  changes: { update: 1, same: 2 },
  outputs: { token: secret("x"), a: 1 },
  outcome: "failed",
});

const diagnostics = [
  { urn: clientUrn("bad"), message: "409", severity: "error" },
  { message: "careful", severity: "warning" },
  {
    urn: clientUrn("crm"),
    message: "guard@v1.0.0 lifetime (mandatory): Too long.\nSet 300.",
    severity: "error",
  },
  { message: "guard@v1.0.0 names (advisory): Odd name.", severity: "warning" },
];

test("nothing is written before the end, so that what is written is JSON", () => {
  expect(show(events, { kind: "json", operation: "preview" })).toBe("");
});

test("a preview has the form of `pulumi preview --json`", () => {
  const digest = JSON.parse(show([...events, end], { kind: "json", operation: "preview" }));
  expect(digest).toEqual({
    config: { "demo:a": "b", "demo:token": "[secret]" },
    steps: [
      { op: "same", urn: stackUrn, detailedDiff: null },
      {
        op: "update",
        urn: clientUrn("crm"),
        provider: "urn::id",
        oldState: {
          urn: clientUrn("crm"),
          type: clientType,
          inputs: { roles: ["a"], token: "[secret]" },
        },
        newState: {
          urn: clientUrn("crm"),
          type: clientType,
          inputs: { roles: ["b"], token: "[secret]" },
        },
        diffReasons: ["roles", '["a.b"]', "name"],
        replaceReasons: ['["a.b"]', "name"],
        detailedDiff: {
          "roles[0]": { kind: "update", inputDiff: true },
          "roles[1]": { kind: "add", inputDiff: true },
          '["a.b"]': { kind: "update-replace", inputDiff: true },
          name: { kind: "update-replace", inputDiff: true },
        },
      },
      {
        op: "replace",
        urn: clientUrn("erp"),
        oldState: client("erp"),
        newState: client("erp"),
        detailedDiff: null,
      },
      { op: "delete", urn: clientUrn("old"), oldState: client("old"), detailedDiff: null },
    ],
    diagnostics,
    duration: 1_250_000_000,
    changeSummary: { update: 1, same: 2 },
  });
});

test("a preview without a beginning has no configuration", () => {
  const digest = JSON.parse(show([end], { kind: "json", operation: "preview" }));
  expect(digest).toEqual({
    steps: [],
    diagnostics: [],
    duration: 1_250_000_000,
    changeSummary: { update: 1, same: 2 },
  });
});

test.each(["up", "refresh", "destroy"] as const)(
  "%s has the form of `pulumi up --output json`, and more",
  (operation) => {
    const digest = JSON.parse(show([...events, end], { kind: "json", operation }));
    const resource = (name: string, op: string, parent?: string) => ({
      urn: clientUrn(name),
      type: clientType,
      name,
      op,
      ...(parent !== undefined && { parent }),
    });
    const parent = client("x").parent;
    expect(digest).toEqual({
      operation,
      result: "failed",
      duration: 1_250_000_000,
      summary: { update: 1, same: 2 },
      resources: [
        resource("crm", "update", stackUrn),
        resource("erp", "replace", parent),
        resource("old", "delete", parent),
      ],
      diagnostics,
      outputs: { token: "[secret]", a: 1 },
    });
  },
);
