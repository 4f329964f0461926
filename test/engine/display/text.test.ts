import { parsePath } from "../../../engine/display/property-path.ts";
import { displayType } from "../../../engine/display/vocabulary.ts";
import type { EngineEvent, StepOperation } from "../../../engine/model/events.ts";
import { secret, signatureKey, signatures, unknownValue } from "../../../engine/model/property.ts";
import { client } from "../state/fixtures.ts";
import { clientType, clientUrn, finished, show, stackUrn, summary } from "./fixtures.ts";

describe("while work goes on", () => {
  test.each([
    ["preview", "Previewing update (dev):"],
    ["up", "Updating (dev):"],
    ["refresh", "Refreshing (dev):"],
    ["destroy", "Destroying (dev):"],
  ] as const)("%s begins with what is done to which stack", (operation, title) => {
    const text = show([{ type: "prelude", operation, stack: "dev", config: { "demo:a": "b" } }], {
      operation,
    });
    expect(text).toBe(`${title}\n\n`);
  });

  test.each([
    ["up", "Previewing update (dev):"],
    ["refresh", "Previewing refresh (dev):"],
    ["destroy", "Previewing destroy (dev):"],
  ] as const)("%s may be only planned", (operation, title) => {
    const begin: EngineEvent = { type: "prelude", operation, stack: "dev", config: {}, planning: true };
    const end = summary({ changes: { delete: 2 } });
    expect(show([begin, end], { operation })).toBe(`${title}\n\n\nResources:\n    - 2 to delete\n`);
    expect(show([finished({ operation: "delete", planned: true }), end], { operation })).toContain(
      "- 2 to delete",
    );
  });

  test.each<[StepOperation, string, string]>([
    ["create", " +  pulumi-nodejs:dynamic/genesys:OauthClient crm create", "created"],
    ["update", " ~  pulumi-nodejs:dynamic/genesys:OauthClient crm update", "updated"],
    ["delete", " -  pulumi-nodejs:dynamic/genesys:OauthClient crm delete", "deleted"],
    ["replace", " +- pulumi-nodejs:dynamic/genesys:OauthClient crm replace", "replaced"],
    [
      "create-replacement",
      " ++ pulumi-nodejs:dynamic/genesys:OauthClient crm create-replacement",
      "created replacement",
    ],
    [
      "delete-replaced",
      " -- pulumi-nodejs:dynamic/genesys:OauthClient crm delete-replaced",
      "deleted original",
    ],
    ["read", " >  pulumi-nodejs:dynamic/genesys:OauthClient crm read", "read"],
    ["refresh", " ~  pulumi-nodejs:dynamic/genesys:OauthClient crm refresh", "refreshed"],
  ])("%s is one line, once it is planned or done", (operation, planned, done) => {
    expect(show([finished({ operation, planned: true, durationSeconds: 1 })])).toBe(`${planned}\n`);
    const line = planned.slice(0, planned.lastIndexOf(" ") + 1) + done;
    expect(show([finished({ operation })])).toBe(`${line}\n`);
    expect(show([finished({ operation, durationSeconds: 0.312 })])).toBe(`${line} (0.31s)\n`);
  });

  test("what stays as it is, or has only begun, is no line", () => {
    const begun: EngineEvent = {
      type: "step-started",
      urn: stackUrn,
      resourceType: "x",
      operation: "create",
    };
    expect(show([begun, finished({ operation: "same" })])).toBe("");
  });

  test("a failure is a line at once, and its reason comes at the end", () => {
    const failure: EngineEvent = {
      type: "step-failed",
      urn: clientUrn("crm"),
      resourceType: clientType,
      operation: "create",
      message: "409 conflict\nask the owner",
    };
    const line = ` +  ${clientType} crm **creating failed**\n`;
    expect(show([failure])).toBe(line);
    expect(show([failure, summary({ outcome: "failed" })])).toBe(
      [
        `${line}`,
        "Diagnostics:",
        `  ${clientType} (crm):`,
        "    error: 409 conflict",
        "    ask the owner",
        "",
        "Resources:",
        "    1 errored",
        "",
        "Duration: 2s",
        "",
        "Operation failed.",
        "",
      ].join("\n"),
    );
  });
});

describe("a changed property is a line of its own", () => {
  const before = {
    name: "crm",
    roles: ["a", { id: 1 }],
    "a.b": 1,
    token: secret("x"),
    gone: [],
    __provider: "old",
  };
  const after = {
    name: "erp",
    roles: ["a", { id: 2 }],
    "a.b": 2,
    token: secret("y"),
    fresh: {},
    __provider: "new",
  };
  const lines = (changes: Parameters<typeof finished>[0]["changes"], states = {}) =>
    show([
      finished({
        operation: "update",
        changes: changes ?? [],
        oldInputs: before,
        newInputs: after,
        ...states,
      }),
    ])
      .trimEnd()
      .split("\n");

  test("with its values, by its path", () => {
    expect(
      lines([
        { path: "name", kind: "update" },
        { path: "roles[1].id", kind: "update-replace" },
        { path: '["a.b"]', kind: "update" },
        { path: "token", kind: "update" },
        { path: "fresh", kind: "add" },
        { path: "gone", kind: "delete" },
      ]),
    ).toEqual([
      ` ~  ${clientType} crm updated [diff: ~name,~roles[1].id,~["a.b"],~token,+fresh,-gone]`,
      '       ~ name: "crm" => "erp"',
      "       ~ roles[1].id (forces replacement): 1 => 2",
      '       ~ ["a.b"]: 1 => 2',
      "       ~ token: [secret] => [secret]",
      "       + fresh: {}",
      "       - gone: []",
    ]);
  });

  test("without values where there are none to show", () => {
    expect(
      lines([
        { path: "__provider", kind: "update" },
        { path: "nowhere.at.all", kind: "update" },
        { path: "fresh", kind: "update" },
        { path: "gone", kind: "add-replace" },
        { path: "fresh", kind: "delete-replace" },
        { path: "name.length", kind: "update" },
      ]).slice(1),
    ).toEqual([
      "       ~ __provider",
      "       ~ nowhere.at.all",
      "       ~ fresh",
      "       + gone (forces replacement)",
      "       - fresh (forces replacement)",
      "       ~ name.length",
    ]);
  });

  test("from the outputs, where only they have it", () => {
    const states = {
      oldInputs: undefined,
      newInputs: undefined,
      oldState: client("crm", { outputs: { state: "active" } }),
      newState: client("crm", { outputs: { state: "inactive" } }),
    };
    const step = finished({ operation: "refresh", changes: [{ path: "state", kind: "update" }] });
    const { oldState, newState } = states;
    expect(show([{ ...step, oldState, newState }])).toContain('~ state: "active" => "inactive"');
  });

  test("cut where it would fill the screen", () => {
    const long = show([
      finished({
        operation: "update",
        changes: [{ path: "text", kind: "add" }],
        newInputs: { text: "x".repeat(500) },
      }),
    ]);
    expect(long).toContain(`"${"x".repeat(96)}...\n`);
  });
});

test.each<[string, string[]]>([
  ["", []],
  ["a", ["a"]],
  ["a.b[0].c", ["a", "b", "0", "c"]],
  ['a["b.c"].d', ["a", "b.c", "d"]],
  ['["a\\"]\\\\"]', ['a"]\\']],
])("the path %s names %p", (path, members) => {
  expect(parsePath(path)).toEqual(members);
});

describe("at the end", () => {
  test("changes are counted in Pulumi's words", () => {
    const changes = { create: 12, update: 1, delete: 2, replace: 1, same: 3, read: 4, refresh: 0 };
    expect(show([summary({ changes })], { operation: "preview" })).toBe(
      [
        "",
        "Resources:",
        "    + 12 to create",
        "    ~ 1 to update",
        "    - 2 to delete",
        "    +-1 to replace",
        "    16 changes. 3 unchanged",
        "",
      ].join("\n"),
    );
    expect(show([summary({ changes })])).toContain(
      "    + 12 created\n    ~ 1 updated\n    - 2 deleted\n    +-1 replaced\n",
    );
  });

  test("one kind of change needs no total", () => {
    expect(show([summary({ changes: { create: 2 } })])).toBe(
      "\nResources:\n    + 2 created\n\nDuration: 2s\n",
    );
  });

  test("nothing is said to be nothing", () => {
    expect(show([summary()], { operation: "preview" })).toBe("\nResources:\n    none\n");
  });

  test("a preview that fails says so", () => {
    expect(show([summary({ outcome: "failed" })], { operation: "preview" })).toContain(
      "\n\nPreview failed.\n",
    );
  });

  test("messages are grouped by resource, and those for debugging are left out", () => {
    const say = (message: string, more: object): EngineEvent => ({
      type: "diagnostic",
      severity: "info",
      message,
      ...more,
    });
    const begin: EngineEvent = { type: "prelude", operation: "up", stack: "dev", config: {} };
    const text = show([
      begin,
      say("for the stack", { urn: stackUrn }),
      say("for nobody\n", { severity: "warning" }),
      say("for the client", { urn: clientUrn("crm"), severity: "error" }),
      say("again\n  indented\n\n", { urn: stackUrn }),
      say("never shown", { severity: "debug" }),
      say("a moment only", { ephemeral: true }),
      say("\u001b[31mred\u001b[0m \u0007bell\u009b", {}),
      summary(),
    ]);
    expect(text.slice(text.indexOf("\nDiagnostics:"), text.indexOf("Resources:"))).toBe(
      [
        "",
        "Diagnostics:",
        "  stack dev:",
        "    for the stack",
        "    warning: for nobody",
        "    again",
        "      indented",
        "    red bell",
        "",
        `  ${clientType} (crm):`,
        "    error: for the client",
        "",
        "",
      ].join("\n"),
    );
  });

  test("policies are shown pack by pack, the gravest first, with what puts them right", () => {
    const violation = (more: Partial<Extract<EngineEvent, { type: "policy-violation" }>>): EngineEvent => ({
      type: "policy-violation",
      policy: "decoy-lifetime",
      pack: "guard",
      packVersion: "1.0.0",
      enforcementLevel: "mandatory",
      message: "The decoy must live at most 3600 seconds.",
      ...more,
    });
    const text = show([
      violation({ enforcementLevel: "advisory", policy: "rotation", pack: "other", urn: clientUrn("b") }),
      violation({ enforcementLevel: "advisory", policy: "rotation", severity: "critical", urn: "" }),
      violation({ policy: "z", severity: "low", urn: clientUrn("b") }),
      violation({ policy: "z", severity: "high", urn: clientUrn("b") }),
      violation({
        policy: "z",
        severity: "high",
        urn: clientUrn("a"),
        remediation: "Set 300.",
        url: "https://example.com/",
      }),
      violation({ policy: "a", message: "One.\nTwo.\n" }),
      violation({ policy: "a", message: "One.\nTwo.\n" }),
      summary({ policyPacks: { guard: "1.0.0", clean: "2.0.0" } }),
    ]);
    expect(text.slice(0, text.indexOf("Resources:"))).toBe(
      [
        "",
        "Policies:",
        "    ✅ clean@v2.0.0",
        "    ❌ guard@v1.0.0",
        `        - [mandatory] [severity: high]  z  (${clientType}: a)`,
        "          The decoy must live at most 3600 seconds.",
        "          To put it right: Set 300.",
        "          https://example.com/",
        `        - [mandatory] [severity: high]  z  (${clientType}: b)`,
        "          The decoy must live at most 3600 seconds.",
        `        - [mandatory] [severity: low]  z  (${clientType}: b)`,
        "          The decoy must live at most 3600 seconds.",
        "        - [mandatory]  a",
        "          One.",
        "          Two.",
        "        - [mandatory]  a",
        "          One.",
        "          Two.",
        "        - [advisory] [severity: critical]  rotation",
        "          The decoy must live at most 3600 seconds.",
        "    ⚠️ other@v1.0.0",
        `        - [advisory]  rotation  (${clientType}: b)`,
        "          The decoy must live at most 3600 seconds.",
        "",
        "",
      ].join("\n"),
    );
  });

  test("outputs are shown by name", () => {
    const outputs = {
      zone: "eu",
      count: 3,
      empty: null,
      token: secret("x"),
      later: unknownValue,
      list: ["a", { b: true, c: secret(1) }],
      asset: { [signatureKey]: signatures.asset, path: "./a.zip" },
      archive: { [signatureKey]: signatures.archive, uri: "https://example.com/a.zip" },
      text: { [signatureKey]: signatures.asset, text: "x", hash: "cafe" },
      inline: { [signatureKey]: signatures.asset, text: "x" },
      reference: { [signatureKey]: signatures.resource, urn: stackUrn },
      known: { [signatureKey]: signatures.output, value: { a: 1 } },
      unknown: { [signatureKey]: signatures.output },
    };
    const text = show([summary({ outputs })], { operation: "preview" });
    expect(text.slice(0, text.indexOf("Resources:"))).toBe(
      [
        "",
        "Outputs:",
        "    archive  : archive(https://example.com/a.zip)",
        "    asset    : asset(./a.zip)",
        "    count    : 3",
        "    empty    : null",
        "    inline   : asset(text)",
        "    known    : { a: 1 }",
        "    later    : [unknown]",
        '    list     : ["a", { b: true, c: [secret] }]',
        `    reference: ${stackUrn}`,
        "    text     : asset(cafe)",
        "    token    : [secret]",
        "    unknown  : [unknown]",
        '    zone     : "eu"',
        "",
        "",
      ].join("\n"),
    );
  });

  test("outputs that are long go over several lines, as far as they must", () => {
    const ids = ["a", "b", "c"].map((letter) => letter.repeat(40));
    const reference = { [signatureKey]: signatures.resource, urn: `urn:${"x".repeat(200)}` };
    const outputs = { clients: { crm: { ids }, erp: { ids: [] } }, text: "y".repeat(120), reference };
    expect(show([summary({ outputs })])).toContain(
      [
        "    clients  : {",
        "        crm: {",
        "            ids: [",
        ...ids.map((id) => `                "${id}"`),
        "            ]",
        "        }",
        "        erp: { ids: [] }",
        "    }",
        `    reference: urn:${"x".repeat(200)}`,
        `    text     : "${"y".repeat(120)}"`,
        "",
      ].join("\n"),
    );
  });
});

describe("colours", () => {
  const events = [
    finished({ operation: "same" }),
    finished({ operation: "update", changes: [{ path: "a", kind: "update" }] }),
    summary({ changes: { create: 1, update: 1, same: 1 }, outcome: "failed" }),
  ];
  const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

  test("are for terminals only, and change nothing else", () => {
    const plain = show(events);
    const painted = show(events, { color: true });
    expect(plain).not.toMatch(colour);
    expect(painted).toMatch(colour);
    expect(painted.replace(colour, "")).toBe(plain);
  });

  test("end where they began", () => {
    expect(show([finished({ operation: "create", planned: true })], { color: true })).toBe(
      ` \u001b[32m+ \u001b[0m ${clientType} crm \u001b[32mcreate\u001b[0m\n`,
    );
  });
});

test.each([
  ["aws:s3/bucket:Bucket", "aws:s3:Bucket"],
  ["aws:index/getRegion:getRegion", "aws:index:getRegion"],
  ["a:b/c/queueRule:QueueRule", "a:b/c:QueueRule"],
  ["pulumi-nodejs:dynamic/genesys:OauthClient", "pulumi-nodejs:dynamic/genesys:OauthClient"],
  ["pulumi:pulumi:Stack", "pulumi:pulumi:Stack"],
  ["aws:s3/bucket:", "aws:s3/bucket:"],
])("the type %s is shown as %s", (type, shown) => {
  expect(displayType(type)).toBe(shown);
});
