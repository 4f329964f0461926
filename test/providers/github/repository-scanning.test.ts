import type { GithubApi, RepositoryScanning } from "../../../apis/github/api.ts";
import type { RepositoryScanningOutputs } from "../../../providers/github/repository-scanning-provider.ts";
import { type Host, startHost } from "./host.ts";

const repository = "example-org/example-repo";
const route = "/repos/{owner}/{repo}";

let host: Host;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.github.close());

const scope = () => {
  const found = host.github.world.scope({ repository });
  if (found === undefined) throw new Error("no such repository");
  return found;
};
const set = (secretScanning: boolean, pushProtection: boolean) =>
  Object.assign(scope(), { secretScanning, pushProtection });
const provider = () => host.run().repositoryScanning;
const on: RepositoryScanningOutputs = { repository, scanning: "enabled", pushProtection: "enabled" };
const patches = () => host.github.calls.count(`PATCH ${route}`);

test.each(["", "example-repo", "a/b/c", "https://github.com/a/b"])("%p is no repository", async (given) => {
  const { failures } = await provider().check({}, { repository: given });
  expect(failures).toMatchObject([{ property: "repository" }]);
});

test.each<[string, Partial<RepositoryScanningOutputs>, string, boolean, string[]]>([
  ["what is on stays", {}, repository, false, []],
  ["its name in other letters stays", {}, "Example-Org/Example-Repo", false, []],
  ["scanning that was switched off is due", { scanning: "disabled" }, repository, true, []],
  ["push protection that was switched off is due", { pushProtection: "disabled" }, repository, true, []],
  ["another repository replaces", {}, "example-org/other", true, ["repository"]],
])("diff: %s, without a call", async (_what, olds, news, changes, replaces) => {
  expect(await provider().diff("id", { ...on, ...olds }, { repository: news })).toEqual({
    changes,
    replaces,
  });
  expect(host.github.calls.count()).toBe(0);
});

test.each([
  ["nothing is on", false, false, 1],
  ["scanning alone is on", true, false, 1],
  ["both are on already", true, true, 0],
])("create switches both on where %s", async (_what, scanning, protection, calls) => {
  set(scanning, protection);

  expect(await provider().create({ repository })).toEqual({ id: `repos/${repository}`, outs: on });

  expect(scope()).toMatchObject({ secretScanning: true, pushProtection: true });
  expect(patches()).toBe(calls);
});

test("what somebody switched off is read, and the next update switches it on", async () => {
  const { id } = await provider().create({ repository });
  set(false, true);

  const { props } = await provider().read(id, on);
  expect(props).toEqual({ repository, scanning: "disabled", pushProtection: "disabled" });
  expect(await provider().update(id, props ?? on, { repository })).toEqual({ outs: on });
  expect(scope().secretScanning).toBe(true);
});

test("a repository that is gone is gone", async () => {
  host.github.world.deleteRepository(repository);

  expect(await provider().read(`repos/${repository}`, on)).toEqual({});
});

test("a repository that there is not is refused with what to check", async () => {
  await expect(provider().create({ repository: "example-org/none" })).rejects.toThrow(
    "secret scanning of repository example-org/none: does not exist",
  );
});

test("delete leaves it on: a repository is not made less safe by being left alone", async () => {
  const { id } = await provider().create({ repository });
  await provider().delete(id, on);

  expect(scope()).toMatchObject({ secretScanning: true, pushProtection: true });
});

describe("a state that is not as it was asked for", () => {
  const through =
    (answer: RepositoryScanning) =>
    (api: GithubApi): GithubApi => ({
      ...api,
      repositoryScanning: { get: async () => answer, enable: async () => answer },
    });

  test.each<[RepositoryScanning, string]>([
    [
      { scanning: undefined, pushProtection: undefined },
      "GitHub does not say whether secret scanning is on in example-org/example-repo. Give the token",
    ],
    [
      { scanning: "disabled", pushProtection: "disabled" },
      "GitHub leaves secret scanning of example-org/example-repo disabled. Check that",
    ],
    [
      { scanning: "enabled", pushProtection: "disabled" },
      "GitHub leaves push protection of example-org/example-repo disabled. Check that",
    ],
  ])("is an error: %p", async (answer, message) => {
    const { repositoryScanning } = host.run({ through: through(answer) });

    await expect(repositoryScanning.create({ repository })).rejects.toThrow(message);
  });

  test("that nobody tells is read as off", async () => {
    const { repositoryScanning } = host.run({
      through: through({ scanning: undefined, pushProtection: undefined }),
    });

    expect((await repositoryScanning.read("id", on)).props).toEqual({
      repository,
      scanning: "disabled",
      pushProtection: "disabled",
    });
  });
});
