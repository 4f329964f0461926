import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadProject } from "../../../engine/project/project.ts";
import { mistakeOf, useWorkspace } from "./workspace.ts";

const workspace = useWorkspace();
const minimal = "name: demo\nruntime: nodejs\n";

describe("a project", () => {
  test("is found from any folder below it", () => {
    const root = workspace.write({ "Pulumi.yaml": minimal });
    const below = join(root, "infra", "components");
    mkdirSync(below, { recursive: true });

    expect(loadProject(below)).toEqual({
      root,
      path: join(root, "Pulumi.yaml"),
      name: "demo",
      main: root,
      runtime: { name: "nodejs", options: {} },
      configDeclarations: new Map(),
      stackConfigDirectory: root,
    });
  });

  test("names its program, options, backend and folder of stacks", () => {
    const root = workspace.write({
      "Pulumi.yaml": [
        "name: demo",
        "description: Keeps credentials safe.",
        "main: infra/index.ts",
        "runtime: { name: nodejs, options: { typescript: false, packagemanager: npm } }",
        "stackConfigDir: stacks",
        "backend: { url: file://~/state }",
        "author: platform team",
        "template: { description: ignored }",
      ].join("\n"),
      "infra/index.ts": "",
    });

    expect(loadProject(root)).toMatchObject({
      description: "Keeps credentials safe.",
      main: join(root, "infra", "index.ts"),
      runtime: { name: "nodejs", options: { typescript: false, packagemanager: "npm" } },
      stackConfigDirectory: join(root, "stacks"),
      backendUrl: "file://~/state",
    });
  });

  test.each(["Pulumi.json", "Pulumi.yml"])("may be called %s", (name) => {
    const root = workspace.write({ [name]: '{"name": "demo", "runtime": "nodejs"}' });
    expect(loadProject(root).path).toBe(join(root, name));
  });

  test("may begin with a byte-order mark", () => {
    expect(loadProject(workspace.write({ "Pulumi.yaml": `\uFEFF${minimal}` })).name).toBe("demo");
  });

  test("may give the folder of stacks under its former name", () => {
    const root = workspace.write({ "Pulumi.yaml": `${minimal}config: stacks\n` });
    expect(loadProject(root).stackConfigDirectory).toBe(join(root, "stacks"));
  });

  test("may leave sections empty", () => {
    const text = `${minimal}config:\nplugins: {}\npackages:\nmain:\ndescription: ""\n`;
    expect(loadProject(workspace.write({ "Pulumi.yaml": text })).main).toBe(workspace.root);
  });

  test("that is nowhere is reported with the folder that was searched", async () => {
    const mistake = await mistakeOf(() => loadProject(workspace.root));
    expect(mistake.code).toBe("no-project");
    expect(mistake.message).toContain(workspace.root);
  });
});

describe("a project is refused, by name, if", () => {
  const cases: [reason: string, text: string, message: string][] = [
    ["it is empty", "", "it must be a map"],
    ["it is a list", "- a\n", "it must be a map"],
    ["it has no name", "runtime: nodejs\n", "name: must be 1 to 100"],
    ["its name cannot be a folder", "name: a/b\nruntime: nodejs\n", "name: must be 1 to 100"],
    ["its name is a folder's", "name: ..\nruntime: nodejs\n", "name: must be 1 to 100"],
    ["it has no runtime", "name: demo\n", "runtime: guard runs nodejs programs only, not null"],
    ["it is written in Python", "name: demo\nruntime: python\n", 'not "python"'],
    ["its runtime is of another name", "name: demo\nruntime: { name: go }\n", 'not "go"'],
    [
      "its options are a text",
      "name: demo\nruntime: { name: nodejs, options: x }\n",
      "runtime.options: must be a map",
    ],
    ["its program is missing", `${minimal}main: infra/none.ts\n`, "infra/none.ts does not exist"],
    ["its program is a number", `${minimal}main: 1\n`, "main: must be a text"],
    [
      "it picks plugins",
      `${minimal}plugins: { providers: [{ name: aws, path: ./x }] }\n`,
      "plugins: chooses",
    ],
    ["it uses packages", `${minimal}packages: { x: ./x }\n`, "packages: declares"],
    ["it always refreshes", `${minimal}options: { refresh: always }\n`, "options.refresh: makes"],
    ["it wants a version", `${minimal}requiredPulumiVersion: ">=3.0.0"\n`, "requiredPulumiVersion: judges"],
    ["it names the stacks' folder twice", `${minimal}config: a\nstackConfigDir: b\n`, "its former name"],
    ["its config is a list", `${minimal}config: [a]\n`, "config: must be a text"],
  ];
  test.each(cases)("%s", async (_, text, message) => {
    const root = workspace.write({ "Pulumi.yaml": text });
    const mistake = await mistakeOf(() => loadProject(root));
    expect(mistake.code).toBe("invalid-project");
    expect(mistake.message).toContain(message);
  });

  test("anything of several mistakes, which are all named", async () => {
    const text = "name: a/b\nruntime: go\nmain: none\nplugins: [x]\nconfig: { n: { type: number } }\n";
    const { message } = await mistakeOf(() => loadProject(workspace.write({ "Pulumi.yaml": text })));
    expect(message.split("\n  - ")).toHaveLength(6);
  });
});

describe("declared configuration", () => {
  const declare = (...lines: string[]) =>
    loadProject(
      workspace.write({ "Pulumi.yaml": `${minimal}config:\n${lines.map((line) => `  ${line}\n`).join("")}` }),
    ).configDeclarations;

  test("has types, defaults and descriptions", () => {
    const declarations = declare(
      "region: { type: string, description: Where. }",
      "clients: { type: array, items: { type: array, items: { type: string } }, default: [[a]] }",
      "token: { type: string, secret: true }",
      "retries: 3",
      "zones: [a, b]",
      "demo:config:old: x",
      "aws:region: eu-central-1",
      "pulumi:tags: { value: { team: crm } }",
      "empty: { type: string, default: null }",
    );

    expect(Object.fromEntries(declarations)).toEqual({
      "demo:region": { key: "demo:region", own: true, type: "string", description: "Where.", secret: false },
      "demo:clients": {
        key: "demo:clients",
        own: true,
        type: "array",
        items: { type: "array", items: { type: "string" } },
        default: [["a"]],
        secret: false,
      },
      "demo:token": { key: "demo:token", own: true, type: "string", secret: true },
      "demo:retries": { key: "demo:retries", own: true, default: 3n, secret: false },
      "demo:zones": { key: "demo:zones", own: true, default: ["a", "b"], secret: false },
      "demo:old": { key: "demo:old", own: true, default: "x", secret: false },
      "aws:region": { key: "aws:region", own: false, value: "eu-central-1", secret: false },
      "pulumi:tags": { key: "pulumi:tags", own: false, value: { team: "crm" }, secret: false },
      "demo:empty": { key: "demo:empty", own: true, type: "string", secret: false },
    });
  });

  test.each([
    ["a:b:c: x", "a key is NAME or NAMESPACE:NAME"],
    ["a.b: x", "a key that is a path into an object is not supported"],
    ["n:", "write a default value"],
    ["n: 1.5", "write a default value"],
    ["n: { kind: string }", "unknown kind"],
    ["n: { type: number }", "type must be one of string, integer, boolean, array, object"],
    ["n: { secret: maybe }", "secret must be true or false"],
    ["n: { description: 1 }", "description must be a text"],
    ["n: { type: array }", "an array needs items"],
    ["n: { type: array, items: string }", "items must be { type }"],
    ["n: { type: array, items: { type: array } }", "items must be { type }"],
    ["n: { type: array, items: { type: string, items: 3 } }", "items must be { type }"],
    ["n: { default: 1, value: 1 }", "give default or value, not both"],
    ["n: { type: integer, default: many }", "the default is not of type integer"],
    [
      "n: { type: array, items: { type: integer }, default: [1, x] }",
      "the default is not of type array<integer>",
    ],
    ["aws:n: { type: string }", "only keys of the project's own namespace can have a type"],
    ["aws:n: { default: x }", "write value instead of default"],
    ["aws:n: { description: x }", "a key of another namespace needs a value"],
  ])("%s is a mistake", async (line, message) => {
    expect((await mistakeOf(() => declare(line))).message).toContain(message);
  });
});
