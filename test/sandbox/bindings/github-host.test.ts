import type { ResourceHost } from "../../../engine/hosts/resource-host.ts";
import { secret } from "../../../engine/model/property.ts";
import { createHost } from "../../../sandbox/bindings/github-host.ts";
import { serveBindings } from "../../../sandbox/bindings/server.ts";
import { type GithubSimulator, startGithub } from "../../../sandbox/github/index.ts";
import type { Simulator } from "../../../sandbox/http/server.ts";
import { type Account, openAccount, urn } from "./stack.ts";

const name = urn("github:index/organizationWebhook:OrganizationWebhook", "leaks");
const signing = "x".repeat(48);
const inputs = {
  active: true,
  events: ["secret_scanning_alert"],
  configuration: secret({ url: "http://127.0.0.1:9/hooks", secret: signing, contentType: "json" }),
};

let account: Account;
let bindings: Simulator;
let github: GithubSimulator;
let host: ResourceHost;
beforeEach(async () => {
  account = openAccount();
  bindings = await serveBindings(account.registry);
  github = await startGithub({ organizations: ["acme"], deliver: async () => ({ status: 202 }) });
  host = await createHost({
    packageName: "github",
    config: { owner: "acme" },
    environment: { SANDBOX_BINDINGS_URL: bindings.url, ...github.environment() },
  });
});
afterEach(() => Promise.all([bindings.close(), github.close()]));

const create = () => host.create({ urn: name, inputs, preview: false });

test("a webhook of the program is one of the organisation, with the secret that it is given", async () => {
  const { id, outputs } = await create();

  expect(github.world.hooks("acme")).toMatchObject([
    {
      id: Number(id),
      url: "http://127.0.0.1:9/hooks",
      secret: signing,
      contentType: "json",
      insecureSsl: "0",
      events: ["secret_scanning_alert"],
      active: true,
    },
  ]);
  expect(outputs.configuration).toEqual(inputs.configuration);
});

test("a change is made on GitHub, and a preview calls nobody", async () => {
  const { id, outputs } = await create();
  const change = {
    urn: name,
    id,
    oldInputs: inputs,
    oldOutputs: outputs,
    newInputs: { ...inputs, active: false },
    ignoreChanges: [],
  };
  const calls = github.calls.count();
  await host.update({ ...change, preview: true });
  await host.create({ urn: name, inputs, preview: true });
  expect(github.calls.count()).toBe(calls);

  await host.update({ ...change, preview: false });

  expect(github.world.hooks("acme")).toMatchObject([{ active: false, secret: signing }]);
});

test("what was changed by hand is read, and what is gone is forgotten", async () => {
  const { id, outputs } = await create();
  const request = { urn: name, id, inputs, outputs };
  await host.update({
    urn: name,
    id,
    oldInputs: inputs,
    oldOutputs: outputs,
    newInputs: { ...inputs, active: false },
    ignoreChanges: [],
    preview: false,
  });
  expect(await host.read(request)).toMatchObject({
    outputs: { active: false, configuration: inputs.configuration },
  });
  await host.delete(request);

  expect(github.world.hooks("acme")).toEqual([]);
  expect(await host.read(request)).toBeUndefined();
  await expect(host.delete(request)).resolves.toBeUndefined();
});

test("what GitHub refuses is said with its words", async () => {
  await create();

  await expect(create()).rejects.toThrow("Hook already exists on this organization");
});

test("everything else is recorded", async () => {
  const file = urn("github:index/repositoryFile:RepositoryFile", "crm");
  const { id } = await host.create({ urn: file, inputs: { repository: "crm" }, preview: false });
  const request = { urn: file, id, inputs: {}, outputs: {} };

  expect((await host.read(request))?.outputs).toEqual({ repository: "crm" });
  expect(account.registry.ofType("github:index/repositoryFile:RepositoryFile")).toHaveLength(1);
  await host.delete(request);
  expect(account.registry.all).toEqual([]);
});
