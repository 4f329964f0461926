import { defaultLeakSettings } from "../../core/leak/declarations.ts";
import { leakPatterns } from "../../core/leak/patterns/leak-patterns.ts";
import { ConfigError, parseConfig } from "../../infra/config.ts";

type Raw = Record<string, unknown>;

const client = (id: string, change: Raw = {}) => ({
  id,
  name: id,
  team: "crm",
  accessTokenValiditySeconds: 3600,
  roles: ["Reader"],
  allowedIps: ["egress:primary"],
  ...change,
});

const leak = {
  slack: { securityChannel: "security", developerChannel: "engineering" },
  siem: { kind: "splunk", url: "https://http-inputs-acme.splunkcloud.com" },
};

const scanWorkflow = "acme/guard/.github/workflows/scan.yml@0123456789abcdef0123456789abcdef01234567";
const gated = { repositories: ["crm", "acme/jobs"], reviewTeamId: 4711, scanWorkflow };

const smallest: Raw = {
  region: "us-east-1",
  runtime: "aws",
  "aws:region": "us-east-1",
  awsAccountId: "123456789012",
  functions: { masterClient: "master" },
  network: { cidr: "10.40.0.0/20", availabilityZones: ["us-east-1a", "us-east-1b"] },
  alarms: { emails: ["security@acme.com"] },
  clients: [client("master"), client("crm")],
  "github:owner": "acme",
  secretScanning: { organization: "acme" },
  leak,
};

const problemsOf = (change: Raw): string[] => {
  try {
    parseConfig({ ...smallest, ...change });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, reason }) => `${path}: ${reason}`);
    throw error;
  }
  return [];
};

const problemsOfLeak = (change: Raw): string[] => problemsOf({ leak: { ...leak, ...change } });

test("an answer to leaks needs to know whom to tell, and has every other default", () => {
  expect(parseConfig(smallest).aws?.leak).toEqual({
    ...defaultLeakSettings,
    ...leak,
    slack: { ...leak.slack, logins: {} },
    protectedClients: [],
    webhookSecretGeneration: 0,
    hookAddresses: [],
    setApiGatewayRole: true,
    repositories: [],
  });
});

test("a stack without leak answers none", () => {
  const { leak: _, ...rest } = smallest;
  expect(parseConfig(rest).aws?.leak).toBeUndefined();
});

test.each<[string, Raw, string]>([
  ["a mode that there is not", { mode: "off" }, 'leak.mode: must be one of act, dryRun, is "off"'],
  [
    "a cap of nothing, which is what dryRun is for",
    { hourlyCap: 0 },
    "leak.hourlyCap: must be a whole number of clients from 1 to 1000, is 0",
  ],
  [
    "a deadline beyond the function's time",
    { replaceDeadlineSeconds: 90 },
    "leak.replaceDeadlineSeconds: must be a whole number of seconds from 1 to 60, is 90",
  ],
  [
    "back-fill that begins within the hour",
    { backfillAgeSeconds: 60 },
    "leak.backfillAgeSeconds: must be a whole number of seconds from 3600 to 31536000, is 60",
  ],
  [
    "a protected client that there is not",
    { protectedClients: ["gone"] },
    'leak.protectedClients[0]: "gone" is no client of this stack',
  ],
  [
    "a client that is protected twice",
    { protectedClients: ["crm", "crm"] },
    'leak.protectedClients[1]: "crm" is already at leak.protectedClients[0]',
  ],
  [
    "a runbook without https",
    { runbookUrl: "http://wiki" },
    'leak.runbookUrl: must be an https address, is "http://wiki"',
  ],
  [
    "a channel with its #",
    { slack: { ...leak.slack, securityChannel: "#security" } },
    `leak.slack.securityChannel: must be a channel's id, or its name without the #, is "#security"`,
  ],
  [
    "a Slack user by name",
    { slack: { ...leak.slack, logins: { octocat: "@octo" } } },
    'leak.slack.logins.octocat: must be the id of a Slack user, such as U024BE7LH, is "@octo"',
  ],
  [
    "a login that is none",
    { slack: { ...leak.slack, logins: { "a b": "U024BE7LH" } } },
    "leak.slack.logins.a b: must be a GitHub login",
  ],
  [
    "another SIEM",
    { siem: { kind: "elastic", url: leak.siem.url } },
    'leak.siem.kind: must be one of splunk, datadog, is "elastic"',
  ],
  [
    "a SIEM on a port that the network does not let out",
    { siem: { kind: "splunk", url: "https://splunk.acme.com:8088" } },
    "leak.siem.url: must be an https address on port 443",
  ],
  [
    "a SIEM's token in its address",
    { siem: { kind: "splunk", url: "https://token@splunk.acme.com" } },
    "leak.siem.url: must be an https address on port 443, without a user",
  ],
  [
    "GitHub elsewhere without https",
    { githubApiUrl: "http://github.acme.com" },
    "leak.githubApiUrl: must be an https address on port 443",
  ],
  [
    "an address that GitHub cannot have",
    { hookAddresses: ["10.0.0.0/8"] },
    "leak.hookAddresses[0]: must be a public IPv4 block",
  ],
  [
    "a block that is everybody",
    { hookAddresses: ["0.0.0.0/0"] },
    "leak.hookAddresses[0]: must be a public IPv4 block",
  ],
  [
    "another organisation's repository",
    { ...gated, repositories: ["other/crm"] },
    'leak.repositories[0]: "other/crm" is no repository of acme, the organisation of secretScanning',
  ],
  [
    "a repository twice",
    { ...gated, repositories: ["crm", "Acme/CRM"] },
    'leak.repositories[1]: "CRM" is already at leak.repositories[0]',
  ],
  [
    "repositories without a team that reviews",
    { ...gated, reviewTeamId: undefined },
    "leak.reviewTeamId: is missing; leak.repositories need it",
  ],
  [
    "repositories without a scan",
    { ...gated, scanWorkflow: undefined },
    "leak.scanWorkflow: is missing; leak.repositories need it",
  ],
  [
    "a scan by tag, which can be moved",
    { ...gated, scanWorkflow: scanWorkflow.replace(/@.*/, "@v1") },
    "leak.scanWorkflow: must be OWNER/NAME/.github/workflows/FILE@COMMIT with the full commit",
  ],
  [
    "a team without repositories",
    { reviewTeamId: 4711 },
    "leak.reviewTeamId: has no effect without leak.repositories",
  ],
  [
    "an App without repositories",
    { deployAppId: 1 },
    "leak.deployAppId: has no effect without leak.repositories",
  ],
  ["a key that there is not", { dryRun: true }, "leak.dryRun: is not a known key; known are mode, hourlyCap"],
])("refuses %s", (_what, change, expected) => {
  expect(problemsOfLeak(change)).toEqual([expect.stringContaining(expected)]);
});

test("takes repositories of the organisation however they are written", () => {
  expect(problemsOfLeak({ ...gated, repositories: ["crm", "acme/jobs", "ACME/feeds"] })).toEqual([]);
});

test("leak needs an organisation on GitHub, whose webhook it is", () => {
  const { secretScanning: _, ...rest } = smallest;
  expect(problemsOf({ ...rest, secretScanning: undefined })).toEqual([
    "secretScanning: is missing; leak needs its organization",
  ]);
  expect(problemsOf({ secretScanning: { repository: "acme/crm" } })).toEqual([
    "leak: needs secretScanning.organization: the webhook is the organisation's",
  ]);
});

test.each([
  ["is missing", undefined, "github:owner: is missing; leak needs it for GitHub's plugin"],
  ["is another one", "other", 'github:owner: is "other", but secretScanning.organization is "acme"'],
])("GitHub's plugin must work on the organisation: one that %s is refused", (_what, owner, expected) => {
  expect(problemsOf({ "github:owner": owner })).toEqual([expect.stringContaining(expected)]);
  expect(problemsOf({ "github:owner": "ACME" })).toEqual([]);
});

test("a client that could not be read may be the protected one", () => {
  const problems = problemsOf({
    clients: [client("master"), { id: "broken" }],
    leak: { ...leak, protectedClients: ["broken"] },
  });
  expect(problems.filter((problem) => problem.startsWith("leak"))).toEqual([]);
});

test("leak has no effect without functions", () => {
  expect(problemsOf({ runtime: "none" }).filter((problem) => problem.startsWith("leak"))).toEqual([
    "leak: has no effect with runtime: none; set runtime: aws, or take it out",
  ]);
});

test.each(["id", "name"] as const)("a pattern must not have the %s of one that every stack has", (key) => {
  const taken = String(leakPatterns[0]?.[key]);
  const pattern = { id: "own", name: "Own", pattern: "own_[0-9]{8}", [key]: taken.toUpperCase() };
  const problems = problemsOf({ secretScanning: { organization: "acme", patterns: [pattern] } });
  expect(problems).toEqual([
    `secretScanning.patterns[0].${key}: "${taken.toUpperCase()}" is the ${key} of a pattern that every stack has; give it another`,
  ]);
});

test("more clients than one function's policy has room for make another stack", () => {
  const clients = Array.from({ length: 54 }, (_, index) => client(`c${index}`));
  expect(problemsOf({ clients: [client("master"), ...clients] })).toEqual([]);
  expect(problemsOf({ clients: [client("master"), ...clients, client("last")] })).toEqual([
    expect.stringContaining("clients: are 56; the policy of the function that answers leaks has room for 55"),
  ]);
});
