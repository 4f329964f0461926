import type { GithubApi } from "../../../apis/github/api.ts";
import { createGithubApi } from "../../../apis/github/create.ts";
import {
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  VersionConflictError,
} from "../../../apis/github/errors.ts";
import { type GithubOptions, type GithubSimulator, startGithub } from "../../../sandbox/github/index.ts";
import { virtualTime } from "../virtual-time.ts";

let github: GithubSimulator;
let api: GithubApi;
afterEach(() => github.close());

const start = async (options: GithubOptions = {}) => {
  const time = virtualTime();
  github = await startGithub({ now: time.transport.now, ...options });
  api = createGithubApi({ environment: github.environment(), transport: time.transport });
  return time;
};

const organization = { organization: "example-org" };
const repository = { repository: "example-org/example-repo" };
const wanted = { name: "Genesys Cloud OAuth Secret", pattern: "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]" };

test.each([organization, repository])("a pattern of %p lives from creation to deletion", async (scope) => {
  await start();
  const [created] = await api.customPatterns.create(scope, [wanted]);
  expect(created).toMatchObject({ ...wanted, state: "unpublished" });
  const { id = 0, custom_pattern_version: version = null } = created ?? {};
  const changed = await api.customPatterns.update(scope, id, {
    pattern: `${wanted.pattern}x`,
    custom_pattern_version: version,
  });
  expect(changed.pattern).toBe(`${wanted.pattern}x`);

  const stale = { pattern: "y{43}", custom_pattern_version: version };
  await expect(api.customPatterns.update(scope, id, stale)).rejects.toThrow(VersionConflictError);
  const doomed = [{ pattern_id: id, custom_pattern_version: changed.custom_pattern_version ?? null }];
  await api.customPatterns.delete(scope, doomed, "resolve_alerts");
  expect(await api.customPatterns.list(scope)).toEqual([]);
  await expect(api.customPatterns.delete(scope, doomed, "resolve_alerts")).rejects.toThrow(NotFoundError);
});

test("a list of 230 patterns is complete", async () => {
  await start();
  const patterns = Array.from({ length: 230 }, (_, i) => ({ ...wanted, name: `Pattern ${i}` }));
  await api.customPatterns.create(organization, patterns);
  const listed = await api.customPatterns.list(organization);
  expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(patterns.map(({ name }) => name)));
});

test("a pattern that cannot be compiled is refused with the reason", async () => {
  await start();
  const broken = api.customPatterns.create(organization, [{ ...wanted, pattern: "(?=x)y" }]);
  await expect(broken).rejects.toThrow(InvalidRequestError);
  await expect(api.customPatterns.create(organization, [wanted, wanted])).rejects.toThrow(
    "pattern 1: name: Name has already been taken",
  );
});

test("push protection is configured for the version that was read", async () => {
  await start();
  const [pattern] = await api.customPatterns.create(organization, [wanted]);
  const { id = 0 } = pattern ?? {};
  github.world.dryRun(id);
  github.world.publish(id);
  const read = await api.patternConfigurations.get("example-org");
  const [override] = read.custom_pattern_overrides ?? [];
  const patch = {
    pattern_config_version: read.pattern_config_version ?? null,
    custom_pattern_settings: [
      {
        token_type: override?.token_type ?? "",
        custom_pattern_version: override?.custom_pattern_version ?? null,
        push_protection_setting: "enabled" as const,
      },
    ],
  };
  await api.patternConfigurations.update("example-org", patch);
  expect((await api.patternConfigurations.get("example-org")).custom_pattern_overrides).toMatchObject([
    { setting: "enabled" },
  ]);
  const stale = { ...patch, pattern_config_version: "stale" };
  await expect(api.patternConfigurations.update("example-org", stale)).rejects.toThrow(VersionConflictError);
});

test("the secondary rate limit is waited out", async () => {
  const { pauses } = await start({ rateLimit: { pointsPerMinute: 3 } });
  for (let i = 0; i < 7; i += 1) await api.customPatterns.list(organization);
  expect(pauses).toEqual([60_500, 60_500]);
});

test.each([
  ["read", MissingPermissionError, "organization_administration=write"],
  ["none", NotFoundError, "lacks the permission (one of: organization_administration=write)"],
] as const)("a token with the access %p is told what it lacks", async (access, kind, words) => {
  await start();
  const environment = { ...github.environment(), GITHUB_TOKEN: github.issueToken(access) };
  const weak = createGithubApi({ environment });
  await expect(weak.customPatterns.create(organization, [wanted])).rejects.toThrow(kind);
  await expect(weak.customPatterns.create(organization, [wanted])).rejects.toThrow(words);
});

test("a revoked token is told as such", async () => {
  await start();
  github.revokeToken(github.token);
  await expect(api.customPatterns.list(organization)).rejects.toThrow(InvalidCredentialsError);
});
