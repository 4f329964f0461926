import { randomUUID } from "node:crypto";
import {
  configureDynamicHost,
  type DynamicHost,
  launchDynamicHost,
} from "../../../engine/hosts/dynamic-host.ts";
import type { PropertyMap } from "../../../engine/model/property.ts";
import { type AwsSimulator, startAws } from "../../../sandbox/aws/http/index.ts";
import { type GenesysSimulator, startGenesys } from "../../../sandbox/genesys/index.ts";
import { type GithubSimulator, startGithub } from "../../../sandbox/github/index.ts";
import { register, root } from "./program.ts";
import { type ClassName, classNames, type Registered } from "./resources.ts";

/** What each class may become later, for an update that is not a replacement. */
const changes: Record<ClassName, PropertyMap> = {
  OauthClient: { name: "CRM Sync" },
  RotatedClient: { description: "Reads queues for the CRM" },
  DecoyClient: { accessTokenValiditySeconds: 600 },
  Role: { permissions: ["routing:queue:edit", "routing:queue:view"] },
  TrapUser: { title: "Batch account" },
  TrapQueue: { description: "Before the migration" },
  EventSubscription: { topics: ["v2.audits.entitytype.{id}.entityid.{id}", "v2.users.{id}.tokens"] },
  IpAllowlist: { entries: ["52.204.1.0/24", "52.204.9.0/24"] },
  DataActionCredential: {
    authentication: { kind: "awsRole", roleArn: "arn:aws:iam::123456789012:role/returns" },
  },
  SecretPattern: { pattern: "[A-Za-z0-9_-]{44}" },
  PushProtection: { setting: "disabled" },
  // Its repository is all that it has.
  RepositoryScanning: {},
};

/** These set what is always there; the others make an object. */
const settings: ClassName[] = ["IpAllowlist", "PushProtection", "RepositoryScanning"];

let genesys: GenesysSimulator;
let github: GithubSimulator;
let aws: AwsSimulator;
let registered: Record<ClassName, Registered>;
let host: DynamicHost;
/** The host of another run. */
let later: DynamicHost;
let printed = "";
const print = (text: string) => {
  printed += text;
};

beforeAll(async () => {
  genesys = await startGenesys({
    rateLimitPerMinute: "off",
    roles: [{ name: "CRM Reader" }],
    callerAddress: "52.204.1.10",
  });
  github = await startGithub();
  aws = await startAws();
  registered = await register(`${root}/providers/index.ts`);
  const start = async () => {
    const server = await launchDynamicHost({
      programDirectory: root,
      // The host tells the engine nothing.
      engineAddress: "127.0.0.1:1",
      environment: {
        ...process.env,
        ...genesys.environment(),
        ...github.environment(),
        ...aws.environment(),
      },
      onStdout: print,
      onStderr: print,
    });
    return configureDynamicHost(server, {});
  };
  host = await start();
  later = await start();
});

afterAll(async () => {
  await host?.stop();
  await later?.stop();
  await genesys?.close();
  await github?.close();
  await aws?.close();
});

const declared = async (name: ClassName): Promise<PropertyMap> => {
  const inputs = { ...registered[name].inputs } as PropertyMap;
  if (name === "RotatedClient") {
    const { ARN = "" } = aws.aws.secretsManager.createSecret({ Name: `rotated/${randomUUID()}` });
    return { ...inputs, secretArn: ARN, ledgerTable: aws.aws.ledgerTable.name };
  }
  if (name !== "PushProtection") return inputs;
  const scope = github.world.scope({ organization: "example-org" });
  if (scope === undefined) throw new Error("the organisation is not there");
  const { id } = github.world.create(scope, "Pattern", {
    pattern: "[a-z]{40}",
    startDelimiter: "",
    endDelimiter: "",
    mustMatch: [],
    mustNotMatch: [],
  });
  return { ...inputs, patternId: String(id) };
};

describe.each(classNames)("%s in the engine's host", (name) => {
  const urn = `urn:pulumi:prod::credentials::pulumi-nodejs:dynamic/x:${name}::${name}`;

  test("reports every mistake of a declaration", async () => {
    const inputs = await declared(name);
    const { failures } = await host.check({ urn, olds: {}, news: { ...inputs, nmae: "x", adoptId: 7 } });
    expect(failures.map(({ property }) => property).sort()).toEqual(["adoptId", "nmae"]);
  });

  test("lives from create to delete, and a preview after a refresh is unchanged", async () => {
    const news = await declared(name);
    const { inputs, failures } = await host.check({ urn, olds: {}, news });
    expect(failures).toEqual([]);
    const { id, outputs } = await host.create({ urn, inputs, preview: false });

    const again = await host.check({ urn, olds: inputs, news });
    const ask = { urn, id, oldInputs: inputs, oldOutputs: outputs, ignoreChanges: [] };
    expect(await host.diff({ ...ask, newInputs: again.inputs })).toMatchObject({ changes: "none" });
    const now = await host.read({ urn, id, inputs, outputs });
    expect(now?.id).toBe(id);
    expect(
      await host.diff({ ...ask, oldOutputs: now?.outputs ?? {}, newInputs: again.inputs }),
    ).toMatchObject({
      changes: "none",
    });

    const { inputs: changed } = await host.check({ urn, olds: inputs, news: { ...news, ...changes[name] } });
    expect(await host.diff({ ...ask, newInputs: changed })).toMatchObject({
      changes: Object.keys(changes[name]).length > 0 ? "some" : "none",
      replaceKeys: [],
    });
    const { outputs: updated } = await host.update({ ...ask, newInputs: changed, preview: false });
    const kept = { ...ask, oldInputs: changed, oldOutputs: updated, newInputs: changed };
    expect(await host.diff(kept)).toMatchObject({ changes: "none" });
    expect(updated.__provider).toBe(news.__provider);

    await later.delete({ urn, id, inputs: changed, outputs: updated });
    // A rotated credential is known as long as its secret, which is a resource of its own.
    if (name === "RotatedClient")
      aws.aws.secretsManager.deleteSecret({
        SecretId: String(changed.secretArn),
        ForceDeleteWithoutRecovery: true,
      });
    const rest = await later.read({ urn, id, inputs: changed, outputs: updated });
    expect(rest === undefined || settings.includes(name)).toBe(true);
  });
});

test("a resource that is gone reads as gone", async () => {
  const urn = "urn:pulumi:prod::credentials::pulumi-nodejs:dynamic/genesys:Role::Role";
  const { inputs } = await host.check({ urn, olds: {}, news: await declared("Role") });
  const { id, outputs } = await host.create({ urn, inputs, preview: false });
  genesys.world.deleteRole(id);
  expect(await host.read({ urn, id, inputs, outputs })).toBeUndefined();
});

test("the host prints nothing", () => {
  expect(printed).toBe("");
});
