import fc from "fast-check";
import { exampleFor } from "../../infra/config/examples.ts";
import { ConfigError, parseConfig } from "../../infra/config.ts";

const client = (change: object = {}) => ({
  id: "crm",
  name: "CRM Integration",
  team: "crm",
  roles: ["CRM Integration"],
  allowedIps: ["52.204.1.0/24"],
  ...change,
});

const decoy = (change: object = {}) => ({
  id: "legacy",
  name: "Legacy CRM Sync",
  roles: ["Reader"],
  ...change,
});

const problemsOf = (raw: Record<string, unknown>, environmentRegion?: string) => {
  try {
    parseConfig({ region: "us-east-1", ...raw }, environmentRegion);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, reason }) => `${path}: ${reason}`);
    throw error;
  }
  return [];
};

test("the smallest configuration is a region, and everything else has its default", () => {
  expect(parseConfig({ region: "eu-central-1" })).toMatchObject({
    region: "eu-central-1",
    aws: undefined,
    protect: true,
    clients: [],
    events: undefined,
    allowlist: undefined,
    secretScanning: undefined,
  });
});

test("a client's defaults are the platform's own", () => {
  const [parsed] = parseConfig({ region: "us-east-1", clients: [client()] }).clients;
  expect(parsed).toMatchObject({
    grantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 86_400,
    roles: [{ role: "CRM Integration" }],
    state: "active",
    secretGeneration: 0,
  });
});

test("every mistake is reported at once, with its path, what is wrong and an example", () => {
  const raw = {
    clientz: [],
    clients: [client({ accessTokenValiditySeconds: "1h" }), { id: "x" }, client({ name: "Other" })],
    decoys: [decoy({ tokenExpirySeconds: 3600 })],
    trapUsers: [{ id: "u", name: "System Backup", email: "nobody" }],
    events: { name: "Events", awsAccountId: 123456789012 },
  };
  expect(() => parseConfig({ region: "us-east-1", ...raw })).toThrow(ConfigError);
  try {
    parseConfig({ region: "us-east-1", ...raw });
  } catch (error) {
    expect(String((error as Error).message)).toMatchSnapshot();
  }
});

test.each([
  ["an unknown region", { region: "us-middle-1" }, /^region: "us-middle-1" is no region/],
  ["no region", { region: undefined }, /^region: is missing/],
  ["another runtime", { runtime: "azure" }, /^runtime: must be "none" or "aws", is "azure"/],
  ["text where a boolean belongs", { protect: "yes" }, /^protect: must be true or false, is "yes"/],
  ["an object where a list belongs", { clients: { crm: {} } }, /^clients: must be a list, is \{"crm":\{\}\}/],
  ["text where an object belongs", { clients: ["crm"] }, /^clients\[0\]: must be an object, is "crm"/],
  [
    "a lifetime under the platform's",
    { clients: [client({ accessTokenValiditySeconds: 299 })] },
    /300 to 172800, is 299/,
  ],
  [
    "a lifetime over the platform's",
    { clients: [client({ accessTokenValiditySeconds: 172_801 })] },
    /300 to 172800, is 172801/,
  ],
  [
    "a malformed CIDR",
    { clients: [client({ allowedIps: ["52.204.1.0/33"] })] },
    /^clients\[0\]\.allowedIps\[0\]: "52\.204\.1\.0\/33"/,
  ],
  [
    "an unknown egress",
    { clients: [client({ allowedIps: ["egress:moon"] })] },
    /names no egress of this stack; none is defined/,
  ],
  [
    "a reference in an egress",
    { egress: { primary: ["egress:other"] } },
    /^egress\.primary\[0\]: .* must be an address/,
  ],
  [
    "IPv6 in the organisation's allowlist",
    { allowlist: { entries: ["2600:1f18::/48"], takeOver: false } },
    /^allowlist\.entries\[0\]: .* is IPv6/,
  ],
  [
    "a client's IPv6 that would go into the organisation's allowlist",
    { clients: [client({ allowedIps: ["2600:1f18::/48"] })], allowlist: { fromClients: true } },
    /^clients\[0\]\.allowedIps\[0\]: .* is IPv6/,
  ],
  [
    "no roles",
    { clients: [client({ roles: [] })] },
    /^clients\[0\]\.roles: is empty; a CLIENT-CREDENTIALS client/,
  ],
  [
    "scopes on a machine client",
    { clients: [client({ scope: ["users"] })] },
    /^clients\[0\]\.scope: has no effect/,
  ],
  [
    "roles on a CODE client",
    { clients: [client({ grantType: "CODE", scope: ["users"], redirectUris: ["https://a.b"] })] },
    /^clients\[0\]\.roles: has no effect on a CODE client/,
  ],
  [
    "a CODE client without scopes",
    { decoys: [decoy({ grantType: "CODE", roles: [], redirectUris: ["https://a.b"] })] },
    /^decoys\[0\]\.scope: is empty/,
  ],
  [
    "a CODE client without redirect",
    { decoys: [decoy({ grantType: "CODE", roles: [], scope: ["users"] })] },
    /^decoys\[0\]\.redirectUris: is empty/,
  ],
  [
    "the guides' CLIENT_CREDENTIALS",
    { clients: [client({ grantType: "CLIENT_CREDENTIALS" })] },
    /must be one of CLIENT-CREDENTIALS/,
  ],
  [
    "both ways to authenticate",
    { dataActionCredentials: [{ id: "a", name: "A" }] },
    /must have either awsRoleArn or client/,
  ],
  [
    "a client that is not there",
    { dataActionCredentials: [{ id: "a", name: "A", client: "b" }] },
    /"b" is no client of this stack/,
  ],
  [
    "a client whose secret nobody knows",
    {
      clients: [client({ adoptId: "7de3af06-c0b3-4f9b-af45-72f4a1403797" })],
      dataActionCredentials: [{ id: "a", name: "A", client: "crm" }],
    },
    /the secret of "crm" is unknown/,
  ],
  [
    "patterns of nowhere",
    { secretScanning: { patterns: [] } },
    /must have either organization or repository/,
  ],
  [
    "push protection for a repository",
    {
      secretScanning: {
        repository: "a/b",
        patterns: [{ id: "p", name: "P", pattern: "x", pushProtection: true }],
      },
    },
    /for an organisation alone/,
  ],
])("%s is refused", (_, raw, message) => {
  const problems = problemsOf(raw);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
});

test.each([
  ["two clients of one id", { clients: [client(), client({ name: "B", secretName: "b" })] }, "clients[1].id"],
  ["a client and a decoy of one id", { clients: [client()], decoys: [decoy({ id: "crm" })] }, "decoys[0].id"],
  [
    "two clients of one name, whatever its case",
    { clients: [client(), client({ id: "b", name: "crm integration" })] },
    "clients[1].name",
  ],
  [
    "two clients of one secret name",
    { clients: [client({ secretName: "s" }), client({ id: "b", name: "B", secretName: "s" })] },
    "clients[1].secretName",
  ],
  [
    "two users of one e-mail address",
    {
      trapUsers: [
        { id: "a", name: "A", email: "a@b.co" },
        { id: "b", name: "B", email: "A@b.co" },
      ],
    },
    "trapUsers[1].email",
  ],
])("%s are refused, naming the first", (_, raw, path) => {
  const problems = problemsOf(raw);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${path}: `);
  expect(problems[0]).toContain("is already the");
});

test("an item that cannot be read does not shift the paths of those after it", () => {
  expect(problemsOf({ clients: ["broken", client(), client({ name: "B", secretName: "b" })] })).toEqual([
    expect.stringMatching(/^clients\[0\]: must be an object/),
    expect.stringMatching(/^clients\[2\]\.id: "crm" is already the id at clients\[1\]\.id/),
  ]);
});

test("credentials of another region than the stack's are refused before any call", () => {
  expect(problemsOf({ region: "us-east-1" }, "eu-west-1")).toEqual([
    expect.stringContaining('is "us-east-1", but GENESYSCLOUD_REGION is "eu-west-1"'),
  ]);
});

test("the region may be named as the domain in the environment", () => {
  expect(problemsOf({ region: "us-east-1" }, "mypurecloud.com")).toEqual([]);
});

test("whatever the configuration holds, the answer is a configuration or a list of problems with examples", () => {
  const keys = fc.constantFrom(
    "clients",
    "decoys",
    "egress",
    "events",
    "allowlist",
    "secretScanning",
    "runtime",
    "functions",
    "network",
    "alarms",
    "roles",
    "x",
  );
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (raw) => {
      for (const problem of problemsOf(raw)) {
        const path = problem.slice(0, problem.indexOf(": "));
        expect(path === "x" || exampleFor(path) !== undefined).toBe(true);
      }
    }),
    { seed: 20260917, numRuns: 500 },
  );
});
