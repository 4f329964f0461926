import { tokens } from "../../../core/tokens.ts";
import { type ProgramRun, runProgram, stackConfig } from "../run-program.ts";
import { account, aws } from "./resources.ts";

let run: ProgramRun;

beforeAll(async () => {
  run = await runProgram(stackConfig("prod"));
});

describe("the network", () => {
  test("has an address for each zone that stays, here and in the other region", () => {
    expect(run.ofType(aws.eip).map(({ name }) => name)).toEqual([
      "us-east-1a",
      "us-east-1b",
      "us-west-2a",
      "us-west-2b",
    ]);
  });

  test("leaves each zone by its own gateway, and the other region costs no gateway before it is needed", () => {
    expect(run.ofType(aws.nat).map(({ inputs }) => [inputs.allocationId, inputs.subnetId])).toEqual([
      ["us-east-1a-allocation", "us-east-1a-public-id"],
      ["us-east-1b-allocation", "us-east-1b-public-id"],
    ]);
    for (const zone of ["us-east-1a", "us-east-1b"]) {
      const route = (subnet: string) => run.one("aws:ec2/route:Route", `${zone}-${subnet}`).inputs;
      expect(route("public")).toMatchObject({ routeTableId: `${zone}-public-id`, gatewayId: "primary-id" });
      expect(route("private")).toMatchObject({
        routeTableId: `${zone}-private-id`,
        natGatewayId: `${zone}-id`,
      });
    }
  });

  test("has four subnets that do not overlap", () => {
    expect(run.ofType(aws.subnet).map(({ inputs }) => inputs.cidrBlock)).toEqual([
      "10.40.0.0/24",
      "10.40.2.0/24",
      "10.40.1.0/24",
      "10.40.3.0/24",
    ]);
  });

  test("lets HTTPS out and nothing in", () => {
    expect(run.one(aws.securityGroup, "primary").inputs).toMatchObject({
      ingress: [],
      egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    });
  });

  test("its providers refuse another account and tag everything", () => {
    expect(run.ofType(aws.provider).map(({ inputs }) => inputs.region)).toEqual(["us-east-1", "us-west-2"]);
    for (const { inputs } of run.ofType(aws.provider)) {
      expect(JSON.parse(String(inputs.allowedAccountIds))).toEqual([account]);
      expect(JSON.parse(String(inputs.defaultTags))).toEqual({
        tags: { Project: "genesys-credential-guard", Stack: "prod" },
      });
    }
  });

  test("its addresses go into the organisation's allowlist by name, so that the functions are not locked out", async () => {
    const { one } = await runProgram({
      ...stackConfig("prod"),
      "genesys-credential-guard:allowlist": { fromClients: true },
      // An allowlist keeps strangers off them: warned of elsewhere.
      "genesys-credential-guard:decoys": [],
    });
    expect(one(tokens.ipAllowlist, "organisation").inputs).toMatchObject({
      entries: expect.arrayContaining(["egress:primary", "egress:disaster-recovery"]),
      egress: {
        offices: ["52.204.8.0/28"],
        primary: ["198.51.100.1", "198.51.100.2"],
        "disaster-recovery": ["203.0.113.1", "203.0.113.2"],
      },
    });
  });

  test("is built in the other region too, once that is active", async () => {
    const config = stackConfig("prod");
    const network = config["genesys-credential-guard:network"] as { disasterRecovery: object };
    const { ofType } = await runProgram({
      ...config,
      "genesys-credential-guard:network": {
        ...network,
        disasterRecovery: { ...network.disasterRecovery, active: true },
      },
    });
    expect(ofType(aws.eip)).toHaveLength(4);
    expect(ofType(aws.nat)).toHaveLength(4);
  });
});
