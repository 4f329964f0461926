import type { Deployment, ResourceState } from "../../../engine/model/deployment.ts";
import { unknownValue } from "../../../engine/model/property.ts";
import { verifyIntegrity } from "../../../engine/state/integrity.ts";
import { mistakeOf } from "../project/workspace.ts";
import { client, clientUrn, deployment, provider, providerUrn, stackUrn } from "./fixtures.ts";

describe("a state is whole if", () => {
  const cases: [reason: string, state: Deployment][] = [
    ["it is empty", { manifest: { time: "", magic: "", version: "" } }],
    [
      "everything comes after what it refers to",
      deployment(client("a"), client("b", { dependencies: [clientUrn("a")] })),
    ],
    ["an old half waits for its deletion", deployment(client("a"), client("a", { delete: true, id: "old" }))],
    ["only old halves are left", deployment(client("a", { delete: true }), client("a", { delete: true }))],
    [
      "a resource to be replaced has lost its provider",
      deployment(client("a", { pendingReplacement: true, provider: `${providerUrn}::gone` })),
    ],
    [
      "a provider has no id yet",
      deployment(
        { ...provider(), urn: `${providerUrn}_2`, id: "" },
        client("a", { provider: `${providerUrn}_2::${unknownValue}` }),
      ),
    ],
    ["a property depends on nothing", deployment(client("a", { propertyDependencies: { name: [] } }))],
  ];
  test.each(cases)("%s", (_, state) => {
    expect(() => verifyIntegrity(state)).not.toThrow();
  });
});

describe("a state is refused if", () => {
  const first = client("a");
  const cases: [reason: string, resources: ResourceState[], message: string][] = [
    ["a resource has no urn", [client("a", { urn: "" })], "the resource at index 2 has no urn"],
    ["a resource has no type", [client("a", { type: "" })], `${clientUrn("a")} has no type`],
    ["a component has an id", [client("a", { custom: false })], "is a component and has an id"],
    [
      "a parent is missing",
      [client("a", { parent: clientUrn("p") })],
      `has the parent ${clientUrn("p")}, which is missing`,
    ],
    ["a parent comes later", [client("a", { parent: clientUrn("b") }), client("b")], "which comes after it"],
    [
      "a dependency is missing",
      [client("a", { dependencies: [clientUrn("x")] })],
      `has the dependency ${clientUrn("x")}`,
    ],
    [
      "the dependency of a property is missing",
      [client("a", { propertyDependencies: { roles: [stackUrn, clientUrn("x")] } })],
      `has the dependency (of roles) ${clientUrn("x")}`,
    ],
    [
      "what it is deleted with is missing",
      [client("a", { deletedWith: clientUrn("x") })],
      "has the deletedWith",
    ],
    [
      "its provider is missing",
      [client("a", { provider: `${providerUrn}::other` })],
      "which is missing or comes after it",
    ],
    ["its provider is no reference", [client("a", { provider: "aws" })], "malformed provider reference aws"],
    ["a resource occurs twice", [first, first], `${clientUrn("a")} occurs more than once`],
    ["two halves live and one dies", [first, first, client("a", { delete: true })], "occurs more than once"],
  ];
  test.each(cases)("%s", async (_, resources, message) => {
    const mistake = await mistakeOf(() => verifyIntegrity(deployment(...resources)));
    expect(mistake.code).toBe("damaged-state");
    expect(mistake.message).toContain(message);
    expect(mistake.message).toContain(".bak");
  });

  test("its manifest was edited", async () => {
    const { resources = [] } = deployment();
    const manifest = { time: "", magic: "0".repeat(64), version: "v3.200.0" };
    expect((await mistakeOf(() => verifyIntegrity({ manifest, resources }))).message).toContain(
      "magic number",
    );
  });
});
