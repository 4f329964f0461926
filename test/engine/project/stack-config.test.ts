import { randomBytes } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { containsSecure, decryptSecure, toConfigText } from "../../../engine/project/config-value.ts";
import { matchesType, typeName } from "../../../engine/project/declaration.ts";
import { loadProject } from "../../../engine/project/project.ts";
import { listStacks, loadStackConfig, readStackSettings } from "../../../engine/project/stack-config.ts";
import type { YamlValue } from "../../../engine/project/yaml.ts";
import { proof } from "../../proof.ts";
import { mistakeOf, useWorkspace } from "./workspace.ts";

const workspace = useWorkspace();
const reverse = { decrypt: (text: string) => [...text].reverse().join("") };

/** The configuration of stack `dev` of a project `demo`. */
const load = (declarations: string, stack: string, decrypter = reverse) => {
  const root = workspace.write({
    "Pulumi.yaml": `name: demo\nruntime: nodejs\nconfig:\n${declarations}`,
    "Pulumi.dev.yaml": stack,
  });
  return loadStackConfig(loadProject(root), "dev", decrypter);
};

describe("the program receives", () => {
  test("texts as they are, numbers and booleans as text, everything else as Pulumi's JSON", () => {
    const { config, secretKeys, structuredKeys, path } = load(
      "",
      [
        "config:",
        "  demo:text: <plain & simple>",
        "  demo:number: 12345678901234567890",
        "  demo:float: 1.50",
        "  demo:flag: false",
        "  demo:nothing:",
        "  demo:list: [1, two, [true, null]]",
        '  demo:map: { z: 1, a: { "<b>&\u2028": "é" } }',
        "  aws:region: eu-central-1",
        "  short: belongs to the project",
        "  demo:config:former: x",
      ].join("\n"),
    );

    expect(Object.fromEntries(config)).toEqual({
      "demo:text": "<plain & simple>",
      "demo:number": "12345678901234567890",
      "demo:float": "1.5",
      "demo:flag": "false",
      "demo:nothing": "null",
      "demo:list": '[1,"two",[true,null]]',
      "demo:map": '{"a":{"\\u003cb\\u003e\\u0026\\u2028":"é"},"z":1}',
      "aws:region": "eu-central-1",
      "demo:short": "belongs to the project",
      "demo:former": "x",
    });
    expect(secretKeys).toEqual([]);
    expect(structuredKeys).toEqual(["demo:list", "demo:map", "demo:nothing"]);
    expect(path).toBe(join(workspace.root, "Pulumi.dev.yaml"));
  });

  test("defaults and values of the project, which the stack may override", () => {
    const { config } = load(
      [
        "  region: { type: string, default: us-east-1 }",
        "  protect: { type: boolean, default: true }",
        "  clients: { type: array, items: { type: object }, default: [] }",
        "  aws:region: eu-west-1",
        "  aws:profile: { value: prod }",
      ].join("\n"),
      "config: { demo:protect: false, aws:profile: dev }",
    );
    expect(Object.fromEntries(config)).toEqual({
      "demo:region": "us-east-1",
      "demo:protect": "false",
      "demo:clients": "[]",
      "aws:region": "eu-west-1",
      "aws:profile": "dev",
    });
  });

  test("secrets in clear, with their keys, at any depth", () => {
    const { config, secretKeys } = load(
      "  token: { type: string, secret: true }\n",
      [
        "encryptionsalt: v1:salt",
        "config:",
        "  demo:token: { secure: olleh }",
        "  demo:deep: { list: [{ secure: cba }, plain], secure: { secure: zyx } }",
        "  demo:not: { secure: a, other: b }",
        "  demo:number: { secure: 5 }",
      ].join("\n"),
    );
    expect(Object.fromEntries(config)).toEqual({
      "demo:token": "hello",
      "demo:deep": '{"list":["abc","plain"],"secure":"xyz"}',
      "demo:not": '{"other":"b","secure":"a"}',
      "demo:number": '{"secure":5}',
    });
    expect(secretKeys).toEqual(["demo:deep", "demo:token"]);
  });

  test("nothing, from an empty stack file of a project without configuration", () => {
    expect(load("", "").config.size).toBe(0);
  });

  proof("any value decrypts to the value that was encrypted", { quick: 200, full: 5_000 }, (runs, seed) => {
    const leaf = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.constant(null),
    );
    const value = fc.letrec<{ value: YamlValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc.array(tie("value")),
        fc.dictionary(
          fc.string().filter((key) => key !== "secure" && key !== "__proto__"),
          tie("value"),
        ),
      ),
    })).value;
    const seal = (plain: YamlValue): YamlValue => {
      if (typeof plain === "string") return { secure: reverse.decrypt(plain) };
      if (Array.isArray(plain)) return plain.map(seal);
      if (typeof plain !== "object" || plain === null) return plain;
      return Object.fromEntries(Object.entries(plain).map(([key, item]) => [key, seal(item)]));
    };
    fc.assert(
      fc.property(value, (plain) => {
        const opened = decryptSecure(seal(plain), reverse);
        expect(opened).toEqual(plain);
        expect(containsSecure(opened)).toBe(false);
        const { text, structured } = toConfigText(plain);
        if (structured) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: runs, seed },
    );
  });
});

describe("configuration is checked against the project", () => {
  test("and all mistakes are told at once, each with its key", async () => {
    const mistake = await mistakeOf(() =>
      load(
        [
          "  region: { type: string, description: Where the organisation is. }",
          "  owner: { type: string }",
          "  retries: { type: integer }",
          "  protect: { type: boolean }",
          "  clients: { type: array, items: { type: array, items: { type: string } } }",
          "  egress: { type: object }",
          "  token: { type: string, secret: true }",
          "  untyped: {}",
        ].join("\n"),
        [
          "config:",
          "  demo:retries: many",
          "  demo:protect: 'yes'",
          "  demo:clients: [[a], [1]]",
          "  demo:egress: []",
          "  demo:token: in clear",
          "  demo:untyped: [anything]",
        ].join("\n"),
      ),
    );
    expect(mistake.code).toBe("invalid-config");
    expect(mistake.message.split("\n  - ").slice(1)).toEqual([
      "demo:region is missing: Where the organisation is.",
      "demo:owner is missing: add it under config:",
      "demo:retries must be of type integer, for example 3600",
      "demo:protect must be of type boolean, for example true",
      "demo:clients must be of type array<array<string>>, for example [ ... ]",
      "demo:egress must be of type object, for example { name: value }",
      "demo:token is a secret and must be encrypted: `pulumi config set --secret demo:token`",
    ]);
    expect(mistake.message).toContain("Pulumi.dev.yaml");
  });

  test.each([
    ["", "config: { pulumi:disable-default-providers: ['*'] }"],
    ["  pulumi:autonaming: { value: { mode: verbatim } }\n", ""],
  ])("and what only the Pulumi CLI can do is refused by name (%p, %p)", async (declarations, stack) => {
    const { message } = await mistakeOf(() => load(declarations, stack));
    expect(message).toMatch(/pulumi:(disable-default-providers|autonaming) is not supported by guard/);
  });

  test.each<[type: "string" | "integer" | "boolean" | "array" | "object", value: YamlValue, fits: boolean]>([
    ["string", "", true],
    ["string", 1n, false],
    ["integer", 7n, true],
    ["integer", 7, true],
    ["integer", 7.5, false],
    ["integer", "-7", true],
    ["integer", "7.0", false],
    ["integer", "9223372036854775808", false],
    ["integer", true, false],
    ["boolean", "true", true],
    ["boolean", false, true],
    ["boolean", "TRUE", false],
    ["object", {}, true],
    ["object", [], false],
    ["object", null, false],
    ["array", [], false],
  ])("a %s: %p", (type, value, fits) => {
    expect(matchesType(type, undefined, value)).toBe(fits);
  });

  test("a type is named in full", () => {
    expect(typeName("array", { type: "array", items: { type: "integer" } })).toBe("array<array<integer>>");
  });
});

describe("encrypted values", () => {
  const kms = "secretsprovider: awskms://alias/prod\nencryptedkey: AQ==\n";

  test("without a passphrase are refused, and named", async () => {
    const root = workspace.write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "config: { demo:token: { secure: olleh } }",
    });
    const mistake = await mistakeOf(() => loadStackConfig(loadProject(root), "dev"));
    expect(mistake).toMatchObject({ code: "locked-config", message: expect.stringContaining("demo:token") });
  });

  test.each([
    [kms, "awskms://alias/prod"],
    ["encryptedkey: AQ==\n", "a key service"],
  ])("that need a key service are refused (%p)", async (settings, name) => {
    const mistake = await mistakeOf(() => load("", `${settings}config: { demo:token: { secure: x } }`));
    expect(mistake).toMatchObject({ code: "secrets-provider", message: expect.stringContaining(name) });
  });

  test("of a key service do not matter where there are none", () => {
    expect(load("", `${kms}config: { demo:a: b }`).settings).toMatchObject({
      secretsProvider: "awskms://alias/prod",
      encryptedKey: "AQ==",
      secureKeys: [],
    });
  });

  test("of a passphrase say so or say nothing", () => {
    expect(
      load("", "secretsprovider: passphrase\nconfig: { demo:a: { secure: ba } }").config.get("demo:a"),
    ).toBe("ab");
  });

  test("that cannot be decrypted keep their secret out of the message", async () => {
    const secret = randomBytes(12).toString("hex");
    const mistake = await mistakeOf(() =>
      load("  token: { type: integer }\n", `config: { token: { secure: ${secret} } }`),
    );
    expect(mistake.message).not.toContain(reverse.decrypt(secret));
    expect(mistake.message).not.toContain(secret);
  });
});

describe("a stack's file", () => {
  const project = (files: Record<string, string> = {}) =>
    loadProject(workspace.write({ "Pulumi.yaml": "name: demo\nruntime: nodejs\n", ...files }));

  test("is listed by the name of its stack", () => {
    const stacks = ["prod", "dev", "eu.west-1_a"].map((name): [string, string] => [
      `Pulumi.${name}.yaml`,
      "",
    ]);
    const others = { "Pulumi.x.yml": "", "Pulumi.a b.yaml": "", "Pulumi..yaml": "", "notes.yaml": "" };
    expect(listStacks(project({ ...Object.fromEntries(stacks), ...others }))).toEqual([
      "dev",
      "eu.west-1_a",
      "prod",
    ]);
  });

  test("is looked for in the folder that the project names, which may be missing", async () => {
    const root = workspace.write({
      "Pulumi.yaml": "name: demo\nruntime: nodejs\nstackConfigDir: stacks\n",
    });
    expect(listStacks(loadProject(root))).toEqual([]);
    const mistake = await mistakeOf(() => loadStackConfig(loadProject(root), "dev"));
    expect(mistake.message).toBe(`No stack "dev". Create ${join(root, "stacks", "Pulumi.dev.yaml")}.`);
    workspace.write({ "stacks/Pulumi.dev.yaml": "encryptionsalt: v1:a:b\n" });
    expect(readStackSettings(loadProject(root), "dev").encryptionSalt).toBe("v1:a:b");
  });

  test("that does not exist is reported with those that do", async () => {
    const mistake = await mistakeOf(() => loadStackConfig(project({ "Pulumi.prod.yaml": "" }), "prd"));
    expect(mistake.code).toBe("unknown-stack");
    expect(mistake.message).toMatch(/Choose one of prod, or create .*Pulumi\.prd\.yaml/);
  });

  test("cannot be outside of its folder", async () => {
    const mistake = await mistakeOf(() => loadStackConfig(project(), "../../etc/x"));
    expect(mistake).toMatchObject({
      code: "unknown-stack",
      message: expect.stringContaining("letters, digits"),
    });
  });

  test.each([
    ["[a]", "it must be a map"],
    ["config: [a]", "config must be a map"],
    [
      "confg: {}\nretries: 3",
      "unknown key confg; values of the stack belong under config:\n  - unknown key retries",
    ],
    ["environment: [prod]", "environment: (Pulumi ESC) is not supported by guard"],
    ["encryptionsalt: 5", "encryptionsalt must be a text"],
    ["config: { a:b:c: 1 }", "config.a:b:c: a key is NAME or NAMESPACE:NAME"],
  ])("is refused for %p", async (text, message) => {
    const mistake = await mistakeOf(() => loadStackConfig(project({ "Pulumi.dev.yaml": text }), "dev"));
    expect(mistake.code).toBe("invalid-stack-file");
    expect(mistake.message).toContain(message);
  });

  test("may leave everything empty", () => {
    const text = 'encryptionsalt: ""\nsecretsprovider:\nenvironment:\nconfig:\n';
    expect(loadStackConfig(project({ "Pulumi.dev.yaml": text }), "dev").config.size).toBe(0);
  });
});
