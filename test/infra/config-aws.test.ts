import fc from "fast-check";
import { drainSeconds } from "../../core/rotation/timing.ts";
import { exampleFor } from "../../infra/config/examples.ts";
import { ConfigError, parseConfig } from "../../infra/config.ts";

type Raw = Record<string, unknown>;

const client = (change: Raw = {}) => ({
  id: "crm",
  name: "CRM Integration",
  team: "crm",
  accessTokenValiditySeconds: 3600,
  roles: ["CRM Integration"],
  allowedIps: ["egress:primary"],
  ...change,
});

const master = client({ id: "master", name: "Master", team: "platform", roles: ["Master"] });

const code = client({
  id: "portal",
  name: "Portal",
  grantType: "CODE",
  roles: [],
  scope: ["users"],
  redirectUris: ["https://a.b/c"],
});

const adopted = client({ id: "old", name: "Old", adoptId: "7de3af06-c0b3-4f9b-af45-72f4a1403797" });

const network = {
  cidr: "10.40.0.0/20",
  availabilityZones: ["us-east-1a", "us-east-1b"],
};

const disasterRecovery = {
  region: "us-west-2",
  cidr: "10.41.0.0/20",
  availabilityZones: ["us-west-2a", "us-west-2b"],
};

const smallest: Raw = {
  region: "us-east-1",
  runtime: "aws",
  "aws:region": "us-east-1",
  awsAccountId: "123456789012",
  functions: { masterClient: "master" },
  network,
  alarms: { emails: ["security@acme.com"] },
  clients: [master, client()],
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

test("the smallest configuration with functions has every other default", () => {
  expect(parseConfig(smallest).aws).toEqual({
    accountId: "123456789012",
    region: "us-east-1",
    functions: { masterClient: "master", logRetentionDays: 90 },
    capabilities: { dualSecrets: false, tenantMayDisable: false, inactiveKeepsTokens: false },
    rotation: {
      skewSeconds: 300,
      usageWindowSeconds: 900,
      usageDelaySeconds: 7_200,
      usageDeadlineSeconds: 86_400,
      quotaReserve: 10,
      orphanAgeSeconds: 172_800,
      orphansPerSweep: 5,
    },
    network: { ...network, flowLogRetentionDays: 90 },
    alarms: { emails: ["security@acme.com"] },
  });
});

test("a rotation's defaults are 7 days, two clients side by side, and 15 minutes of cache", () => {
  const [first] = parseConfig({ ...smallest, clients: [{ ...master, rotation: {} }] }).clients;
  expect(first?.rotation).toEqual({
    intervalHours: 168,
    strategy: "blueGreenClients",
    secretCacheSeconds: 900,
  });
});

test("what Pulumi.yaml has as a default counts as nothing", () => {
  expect(
    parseConfig({ region: "us-east-1", awsAccountId: "", functions: {}, rotation: {}, network: {} }).aws,
  ).toBeUndefined();
  expect(problemsOf({ capabilities: {}, rotation: {} })).toEqual([]);
});

test("everything that a stack with functions lacks is said at once", () => {
  expect(
    problemsOf({
      "aws:region": undefined,
      awsAccountId: "",
      functions: {},
      network: {},
      alarms: undefined,
      clients: [client({ allowedIps: [] })],
    }),
  ).toEqual(
    ["aws:region", "awsAccountId", "functions", "network", "alarms"].map(
      (path) => `${path}: is missing; a stack with runtime: aws needs it`,
    ),
  );
});

test.each<[string, Raw, RegExp]>([
  [
    "rotation without functions",
    {
      runtime: "none",
      "aws:region": undefined,
      awsAccountId: undefined,
      functions: undefined,
      network: undefined,
      alarms: undefined,
      clients: [client({ allowedIps: [], rotation: { intervalHours: 24 } })],
    },
    /^clients\[0\]\.rotation: has no effect with runtime: none/,
  ],
  [
    "a quota without functions",
    {
      runtime: "none",
      awsAccountId: undefined,
      functions: undefined,
      network: undefined,
      alarms: undefined,
      clients: [],
      rotation: { clientQuota: 500 },
    },
    /^rotation: has no effect with runtime: none/,
  ],
  [
    "a runtime that is none of the two",
    { runtime: "lambda", clients: [] },
    /^runtime: must be "none" or "aws"/,
  ],
  ["an account that is no account", { awsAccountId: "1234" }, /^awsAccountId: must be the 12 digits/],
  ["a region that is no region", { "aws:region": "Virginia" }, /^aws:region: must be an AWS region/],
  [
    "a master that is not there",
    { functions: { masterClient: "nobody" } },
    /^functions\.masterClient: "nobody" is no client of this stack/,
  ],
  [
    "a master with another grant type",
    { functions: { masterClient: "portal" }, clients: [code] },
    /^functions\.masterClient: "portal" is a CODE client/,
  ],
  [
    "a master that is not rotated",
    { functions: { masterClient: "old" }, clients: [adopted] },
    /^functions\.masterClient: "old" was taken over/,
  ],
  [
    "a deploy client that is not rotated",
    { functions: { masterClient: "master", deployClient: "old" }, clients: [master, adopted] },
    /^functions\.deployClient: "old" was taken over/,
  ],
  [
    "one client for both",
    { functions: { masterClient: "master", deployClient: "master" } },
    /^functions\.deployClient: "master" is already masterClient/,
  ],
  [
    "a log that nobody can keep so long",
    { functions: { masterClient: "master", logRetentionDays: 91 } },
    /^functions\.logRetentionDays: must be a number of days out of 1, 3, 5/,
  ],
  [
    "an interval under the service's",
    { clients: [master, client({ rotation: { intervalHours: 3 } })] },
    /^clients\[1\]\.rotation\.intervalHours: must be a whole number of hours from 4 to 2160, is 3/,
  ],
  [
    "an interval over 90 days",
    { clients: [master, client({ rotation: { intervalHours: 2161 } })] },
    /from 4 to 2160, is 2161/,
  ],
  [
    "a cache over 15 minutes",
    { clients: [master, client({ rotation: { secretCacheSeconds: 901 } })] },
    /from 0 to 900, is 901/,
  ],
  [
    "two secrets where the platform has one",
    { clients: [master, client({ rotation: { strategy: "overlappingSecrets" } })] },
    /^clients\[1\]\.rotation\.strategy: needs capabilities\.dualSecrets: true/,
  ],
  [
    "rotation of a client with another grant type",
    { clients: [master, { ...code, rotation: {} }] },
    /^clients\[1\]\.rotation: has no effect: "portal" is a CODE client/,
  ],
  [
    "rotation of a client of somebody else's making",
    { clients: [master, { ...adopted, rotation: {} }] },
    /^clients\[1\]\.rotation: has no effect: "old" was taken over/,
  ],
  [
    "a rotated client that is switched off",
    { clients: [master, client({ state: "inactive" })] },
    /^clients\[1\]\.state: must be active/,
  ],
  [
    "a rotated client with an end",
    { clients: [master, client({ dateToDelete: "2027-01-31T00:00:00.000Z" })] },
    /^clients\[1\]\.dateToDelete: has no effect/,
  ],
  [
    "a rotated client whose secret is reset by hand",
    { clients: [master, client({ secretGeneration: 1 })] },
    /^clients\[1\]\.secretGeneration: has no effect/,
  ],
  [
    "a name that the secret store refuses",
    { clients: [master, client({ secretName: "CRM key!" })] },
    /^clients\[1\]\.secretName: "CRM key!" is no name for Secrets Manager/,
  ],
  [
    "a name that ends as an ARN does",
    { clients: [master, client({ secretName: "crm-abc123" })] },
    /not ending in a hyphen and six characters/,
  ],
  [
    "a data action that would keep an old secret",
    { dataActionCredentials: [{ id: "a", name: "A", client: "crm" }] },
    /^dataActionCredentials\[0\]\.client: "crm" has its secret in Secrets Manager alone/,
  ],
  [
    "an egress defined by hand and by the network",
    { egress: { primary: ["52.204.1.10"] } },
    /^egress\.primary: is what the network of this stack defines/,
  ],
  [
    "another region's egress, where there is none",
    { clients: [master, client({ allowedIps: ["egress:disaster-recovery"] })] },
    /names no egress of this stack; defined are primary$/,
  ],
  [
    "another region without a region",
    { network: { ...network, disasterRecovery: { ...disasterRecovery, region: undefined } } },
    /^network\.disasterRecovery\.region: /,
  ],
  [
    "a disaster that takes both",
    {
      network: {
        ...network,
        disasterRecovery: {
          ...disasterRecovery,
          region: "us-east-1",
          availabilityZones: ["us-east-1c", "us-east-1d"],
        },
      },
    },
    /^network\.disasterRecovery\.region: is "us-east-1", where the stack is/,
  ],
  [
    "blocks that overlap",
    { network: { ...network, disasterRecovery: { ...disasterRecovery, cidr: "10.40.8.0/21" } } },
    /^network\.disasterRecovery\.cidr: "10\.40\.8\.0\/21" overlaps network\.cidr/,
  ],
  [
    "a zone of another region",
    { network: { ...network, availabilityZones: ["us-east-1a", "us-west-2b"] } },
    /^network\.availabilityZones\[1\]: "us-west-2b" is no availability zone of us-east-1/,
  ],
  [
    "a single zone",
    { network: { ...network, availabilityZones: ["us-east-1a"] } },
    /^network\.availabilityZones: must be a list of two availability zones/,
  ],
  [
    "one zone twice",
    { network: { ...network, availabilityZones: ["us-east-1a", "us-east-1a"] } },
    /must be two different availability zones/,
  ],
  ["a public block", { network: { ...network, cidr: "52.204.0.0/16" } }, /^network\.cidr: must be a private/],
  [
    "a block too small",
    { network: { ...network, cidr: "10.0.0.0/25" } },
    /^network\.cidr: must be a private/,
  ],
  ["a block with host bits", { network: { ...network, cidr: "10.0.0.1/20" } }, /without host bits/],
  ["alarms that nobody hears", { alarms: { emails: [] } }, /^alarms: must have either topicArn or emails/],
  [
    "two ways to be told",
    { alarms: { emails: ["a@b.co"], topicArn: "arn:aws:sns:us-east-1:123456789012:security" } },
    /^alarms: must have either topicArn or emails/,
  ],
  [
    "more clients than a function's policy can name",
    {
      clients: [
        master,
        ...Array.from({ length: 70 }, (_, index) => client({ id: `c${index}`, name: `C${index}` })),
      ],
    },
    /^clients: are 71 that are rotated; the policy of one function has room for 70/,
  ],
])("%s is refused", (_, change, message) => {
  const problems = problemsOf(change);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  expect(exampleFor(problems[0]?.split(": ")[0] ?? "")).toBeDefined();
});

test("a master that cannot be read is not reported a second time as missing", () => {
  expect(problemsOf({ clients: [{ ...master, team: 7 }] })).toEqual([
    expect.stringMatching(/^clients\[0\]\.team: /),
  ]);
});

describe("generations that would not fit the organisation's limit", () => {
  /** A token of two days and a rotation every four hours: the old clients pile up. */
  const hasty = client({ accessTokenValiditySeconds: 172_800, rotation: { intervalHours: 4 } });
  const withQuota = (clientQuota: number) => ({ clients: [master, hasty], rotation: { clientQuota } });
  // 48 h of token, 15 min of cache, 15 min between looks, 10 min of skew: 48 h 40 min, or 13 intervals of 4 h.
  const needed = 2 + 13 + 3 + 10;

  test("are refused before anything exists, with what would fit", () => {
    expect(problemsOf(withQuota(needed))).toEqual([]);
    expect(problemsOf(withQuota(needed - 1))).toEqual([
      "rotation.clientQuota: is too low. The rotated credentials need room for 18 OAuth clients, beside 0 others; " +
        "of the limit of 27, 10 are kept free, so 17 are to be had. clients[1].rotation.intervalHours: rotated every " +
        "4 h, with an old generation living for 51 h, it needs room for 15 clients; every 5 h would fit, or a shorter " +
        "token lifetime",
    ]);
  });

  test("are refused with other advice, where no interval would help", () => {
    expect(problemsOf(withQuota(15))).toEqual([expect.stringMatching(/no interval makes it fit alone/)]);
  });

  test("count the clients that are not rotated, and the decoys", () => {
    const more = {
      clients: [master, hasty, code],
      decoys: [{ id: "bait", name: "Bait", roles: ["Reader"] }],
      rotation: { clientQuota: needed + 1 },
    };
    expect(problemsOf(more)).toHaveLength(1);
    expect(problemsOf({ ...more, rotation: { clientQuota: needed + 2 } })).toEqual([]);
  });

  test("what the advice says does fit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 172_800 }),
        fc.integer({ min: 4, max: 48 }),
        fc.integer({ min: 16, max: 40 }),
        fc.boolean(),
        (accessTokenValiditySeconds, intervalHours, clientQuota, inactiveKeepsTokens) => {
          const configured = (hours: number) => ({
            clients: [master, client({ accessTokenValiditySeconds, rotation: { intervalHours: hours } })],
            capabilities: { inactiveKeepsTokens },
            rotation: { clientQuota },
          });
          const drain = drainSeconds({
            secretCacheSeconds: 900,
            tokenLifetimeSeconds: accessTokenValiditySeconds,
            skewSeconds: 300,
            usageWindowSeconds: 900,
            usageDelaySeconds: 7_200,
            inactiveKeepsTokens,
          });
          const most = 2 + Math.ceil(drain / (intervalHours * 3600)) + 3 + 10;
          const [problem] = problemsOf(configured(intervalHours));
          expect(problem !== undefined).toBe(most > clientQuota);
          const [, advised] = /; every (\d+) h would fit/.exec(problem ?? "") ?? [];
          if (advised !== undefined) expect(problemsOf(configured(Number(advised)))).toEqual([]);
        },
      ),
      { seed: 20261121, numRuns: 300 },
    );
  });
});

test("whatever the configuration holds, the answer is a configuration or a list of problems with examples", () => {
  const keys = fc.constantFrom(
    "aws:region",
    "awsAccountId",
    "functions",
    "capabilities",
    "rotation",
    "network",
    "alarms",
    "leak",
  );
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (change) => {
      for (const problem of problemsOf(change)) {
        expect(exampleFor(problem.slice(0, problem.indexOf(": ")))).toBeDefined();
      }
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
