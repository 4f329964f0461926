import type { ResourceHost } from "../../../engine/hosts/resource-host.ts";
import { unknownValue } from "../../../engine/model/property.ts";
import { createHost, providerReplaceKeys } from "../../../sandbox/bindings/host.ts";
import { serveBindings } from "../../../sandbox/bindings/server.ts";
import type { Simulator } from "../../../sandbox/http/server.ts";
import { type Account, openAccount, urn } from "./stack.ts";

let account: Account;
let server: Simulator;
let host: ResourceHost;
beforeEach(async () => {
  account = openAccount();
  server = await serveBindings(account.registry);
  host = await createHost({
    packageName: "aws",
    config: { region: "us-west-2" },
    environment: { SANDBOX_BINDINGS_URL: server.url },
  });
});
afterEach(() => server.close());

const type = "aws:ec2/eip:Eip";
const name = urn(type, "address");

describe("the host in the deploying process", () => {
  test("creates, reads, updates and deletes in its provider's region", async () => {
    const { id, outputs } = await host.create({ urn: name, inputs: { domain: "vpc" }, preview: false });
    const there = await host.read({ urn: name, id, inputs: {}, outputs: {} });
    const request = { urn: name, id, oldInputs: { domain: "vpc" }, oldOutputs: outputs, ignoreChanges: [] };
    const updated = await host.update({ ...request, newInputs: { domain: "vpc", tags: {} }, preview: false });
    await host.delete({ urn: name, id, inputs: {}, outputs: {} });

    expect(outputs.publicIp).toBe("44.232.17.10");
    expect(there?.outputs).toEqual(outputs);
    expect(updated.outputs).toEqual({ ...outputs, tags: {} });
    expect(await host.read({ urn: name, id, inputs: {}, outputs: {} })).toBeUndefined();
    expect(account.registry.all).toEqual([]);
  });

  test("calls nothing in a preview, where an update keeps what it knows", async () => {
    const planned = await host.create({ urn: name, inputs: { domain: "vpc" }, preview: true });
    const request = { urn: name, id: "x", oldInputs: { domain: "vpc", tags: {} }, ignoreChanges: [] };
    const updated = await host.update({
      ...request,
      oldOutputs: { domain: "vpc", tags: {}, publicIp: "192.0.2.1" },
      newInputs: { domain: "vpc" },
      preview: true,
    });

    expect(planned).toEqual({ id: "", outputs: { domain: "vpc" } });
    expect(updated.outputs).toEqual({ domain: "vpc", publicIp: "192.0.2.1" });
    expect(server.calls.count()).toBe(0);
  });

  test.each([
    ["of a name", { name: "a" }, { name: "b" }, ["name"]],
    ["to a name that is not known yet", { name: "a" }, { name: unknownValue }, ["name"]],
    ["of anything else", { name: "a", description: "a" }, { name: "a", description: "b" }, []],
  ])("says what a change %s replaces", async (_what, oldInputs, newInputs, replaceKeys) => {
    const secret = urn("aws:secretsmanager/secret:Secret", "s");

    const answer = await host.diff({
      urn: secret,
      id: "x",
      oldInputs,
      oldOutputs: {},
      newInputs,
      ignoreChanges: [],
    });

    expect(answer).toMatchObject({ changes: "unknown", replaceKeys });
  });

  test("passes on what AWS says of a refused call", async () => {
    const schedule = urn("aws:scheduler/schedule:Schedule", "s");

    await expect(
      host.create({ urn: schedule, inputs: { groupName: "missing" }, preview: false }),
    ).rejects.toThrow("ResourceNotFoundException: Schedule group missing does not exist.");
  });

  test("asks for the address of the sandbox where there is none", () => {
    expect(() => createHost({ packageName: "aws", config: {}, environment: {} })).toThrow(
      "SANDBOX_BINDINGS_URL",
    );
    expect(providerReplaceKeys).toEqual(["region"]);
  });
});
