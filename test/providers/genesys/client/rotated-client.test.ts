import { randomUUID } from "node:crypto";
import { marker, readMarker } from "../../../../core/marker.ts";
import { ledgerKey, readRecord } from "../../../../core/rotation/credential-record.ts";
import {
  firstVersionId,
  formatSecretValue,
  generationToken,
  parseSecretValue,
} from "../../../../core/rotation/secret-value.ts";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import { createRotatedClientProvider } from "../../../../providers/genesys/client/rotated-client-provider.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { issued } from "../../../../sandbox/secrecy/issued.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { type Aws, startAws } from "../aws.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const owner = "guard:acme/credentials/prod/crm~0a1b2c3d";
const roles = [{ role: "CRM Reader" }];
const route = "/api/v2/oauth/clients";

let aws: Aws;
let organisation: Organisation;
let secretArn: string;
const start = async (options: GenesysOptions = {}) => {
  aws = await startAws();
  organisation = await startOrganisation(
    { roles: [{ name: "CRM Reader" }, { name: "Queue Viewer" }], divisions: ["Claims"], ...options },
    aws,
  );
  secretArn = aws.secrets.createSecret({ Name: "rotated/crm" }).ARN ?? "";
};
afterEach(async () => {
  await organisation?.close();
  await aws?.close();
});

/** As a program declares it: the defaults are left to `check`. */
const declare = (args: object = {}): RotatedInputs =>
  ({
    owner,
    name: "CRM Integration",
    roles,
    secretArn,
    ledgerTable: "ledger",
    awsRegion: "us-east-1",
    ...args,
  }) as RotatedInputs;

/** One run of the engine. */
const host = () => {
  const session = organisation.session();
  return createRotatedClientProvider(() => session);
};
const newResource = () => new ResourceUnderEngine<RotatedInputs, RotatedOutputs>();
const deployed = async (args: object = {}) => {
  const resource = newResource();
  await resource.up(host(), declare(args));
  return resource;
};

const generations = () =>
  organisation.world.clients.all().filter(({ description }) => readMarker(description)?.prefix === owner);
const stored = (arn = secretArn) => {
  const { SecretString = "", VersionId = "" } = aws.secrets.getSecretValue({ SecretId: arn });
  const value = parseSecretValue(SecretString);
  if (value === undefined) throw new Error("the secret holds no client");
  return { ...value, versionId: VersionId };
};
const current = () => {
  const client = organisation.world.clients.get(stored().clientId);
  if (client === undefined) throw new Error("the current generation is gone");
  return client;
};
/** Whether a user of the credential can log in. */
const works = async (arn = secretArn) => {
  const { clientId, clientSecret } = stored(arn);
  const answer = await fetch(`${organisation.url}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return answer.status === 200;
};
/** What the rotator does: another client under the same owner becomes the current one. */
const rotate = () => {
  const { world } = organisation;
  const old = current();
  const versionId = randomUUID();
  const client = world.addClient({
    name: old.name,
    description: ["Reads", marker(owner, generationToken(versionId))].join(" ").replace("Reads ", ""),
    accessTokenValiditySeconds: old.accessTokenValiditySeconds,
    grants: old.grants,
  });
  const value = { clientId: client.id, clientSecret: client.secret, region: "us-east-1" };
  aws.secrets.putSecretValue({
    SecretId: secretArn,
    ClientRequestToken: versionId,
    SecretString: formatSecretValue(value),
    VersionStages: ["AWSCURRENT"],
  });
  return client.id;
};
const record = () => readRecord(JSON.parse(aws.table.get(ledgerKey("crm"))?.record?.S ?? "null")).record;
const isLeased = () => aws.table.get(ledgerKey("crm"))?.holder !== undefined;

describe("create", () => {
  test("makes the first generation and stores its secret, which the state never holds", async () => {
    await start();
    const { state } = await deployed();
    expect(generations()).toHaveLength(1);
    const { clientId, clientSecret, region, versionId } = stored();
    expect(region).toBe("us-east-1");
    expect(versionId).toBe(firstVersionId(owner, state?.inputs.token ?? ""));
    expect(readMarker(current().description)?.token).toBe(state?.inputs.token);
    expect(await works()).toBe(true);
    const text = JSON.stringify(state);
    for (const secret of [clientId, clientSecret]) expect(text).not.toContain(secret);
    expect(state?.id).toBe(owner);
    expect(isLeased()).toBe(false);
    expect(record()).toEqual({
      intents: [],
      generations: [{ clientId, token: state?.inputs.token, phase: "live", madeAt: expect.any(Number) }],
    });
  });
});
