import { parse } from "yaml";
import { tokens } from "../../../../core/tokens.ts";
import { type ProgramRun, revealed, runProgram, stackConfig } from "../../run-program.ts";

const key = "genesys-credential-guard:leak";
const prod = stackConfig("prod");
const { repositories, reviewTeamId, scanWorkflow, ...ungated } = prod[key] as Record<string, unknown>;
const names = ["crm-integration", "workforce-sync", "reporting-jobs"];

const github = {
  alerts: "github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts",
  file: "github:index/repositoryFile:RepositoryFile",
  hook: "github:index/organizationWebhook:OrganizationWebhook",
  ruleset: "github:index/organizationRuleset:OrganizationRuleset",
  updates: "github:index/repositoryDependabotSecurityUpdates:RepositoryDependabotSecurityUpdates",
} as const;

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(prod);
});

test("the organisation's webhook tells of alerts and of new places of old ones, as JSON", () => {
  const { active, events, configuration } = run.one(github.hook, "leaks").inputs;
  expect(active).toBe(true);
  expect(events).toEqual(["secret_scanning_alert", "secret_scanning_alert_location"]);
  expect(revealed(configuration)).toMatchObject({
    url: "https://api/webhooks/github/webhook",
    contentType: "json",
    insecureSsl: false,
  });
});

describe("every listed repository", () => {
  test.each(names)("%s is scanned by GitHub, which stops pushes that hold a secret", (name) => {
    expect(run.one(tokens.repositoryScanning, name).inputs).toMatchObject({ repository: `acme/${name}` });
  });

  test.each(names)("%s has its packages' known holes mended", (name) => {
    expect(run.one(github.alerts, name).inputs).toEqual({ repository: name, enabled: true });
    expect(run.one(github.updates, name).inputs).toEqual({ repository: name, enabled: true });
  });

  test.each(names)(
    "%s runs the scan of the configured commit, with the right to read and no other",
    (name) => {
      const { repository, file, content } = run.one(github.file, name).inputs;
      expect([repository, file]).toEqual([name, ".github/workflows/credential-guard.yml"]);
      const workflow = parse(String(content));
      expect(workflow.jobs.scan.uses).toBe(scanWorkflow);
      expect(workflow.jobs.scan.uses).toMatch(/@[0-9a-f]{40}$/);
      expect(workflow.permissions).toEqual({ contents: "read" });
      expect(Object.keys(workflow.on)).toEqual(["push", "pull_request"]);
    },
  );

  test("takes no change of what could switch scanning off without a review by the security team", () => {
    expect(run.ofType(github.ruleset)).toHaveLength(1);
    const { enforcement, target, conditions, rules } = run.one(github.ruleset, "guarded").inputs;
    expect({ enforcement, target, conditions }).toEqual({
      enforcement: "active",
      target: "branch",
      conditions: {
        refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] },
        repositoryName: { includes: names, excludes: [] },
      },
    });
    const { requiredReviewers } = (rules as { pullRequest: { requiredReviewers: unknown } }).pullRequest;
    expect(requiredReviewers).toEqual([
      {
        filePatterns: [
          ".github/secret_scanning.yml",
          ".github/secret-scan-allowlist.json",
          ".github/workflows/credential-guard.yml",
        ],
        minimumApprovals: 1,
        reviewer: { type: "Team", id: reviewTeamId },
      },
    ]);
  });

  test("is not taken over: no repository is a resource of the stack", () => {
    expect(run.ofType("github:index/repository:Repository")).toEqual([]);
  });
});

describe("past the review go", () => {
  const bypass = (of: ProgramRun) => of.one(github.ruleset, "guarded").inputs.bypassActors;

  test("owners of the organisation, who could lift the rule", () => {
    expect(bypass(run)).toEqual([{ actorType: "OrganizationAdmin", actorId: 1, bypassMode: "always" }]);
  });

  test("the App that deploys, and no owner, where there is one", async () => {
    const other = await runProgram({ ...prod, [key]: { ...(prod[key] as object), deployAppId: 77 } });
    expect(bypass(other)).toEqual([{ actorType: "Integration", actorId: 77, bypassMode: "always" }]);
  });
});

test("a stack without repositories has the webhook alone", async () => {
  const { registered } = await runProgram({ ...prod, [key]: ungated });
  expect(repositories).toEqual(names);
  expect(registered.filter(({ type }) => type.startsWith("github:")).map(({ type }) => type)).toEqual([
    github.hook,
  ]);
});

test("a stack that answers no leaks has nothing of it", async () => {
  const { [key]: _, ...rest } = prod;
  const { registered, outputs } = await runProgram(rest);
  expect(
    registered.filter(({ type }) => /^(github|random):|providers:github|wafv2|apigateway/.test(type)),
  ).toEqual([]);
  expect(registered.filter(({ type }) => type === "aws:lambda/function:Function")).toHaveLength(4);
  expect(outputs).not.toHaveProperty("webhookUrl");
});
