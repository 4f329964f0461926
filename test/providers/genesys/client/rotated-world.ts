import { randomUUID } from "node:crypto";
import { marker, readMarker } from "../../../../core/marker.ts";
import { type CredentialRecord, ledgerKey, readRecord } from "../../../../core/rotation/credential-record.ts";
import {
  formatSecretValue,
  generationToken,
  parseSecretValue,
} from "../../../../core/rotation/secret-value.ts";
import type {
  RotatedInputs,
  RotatedOutputs,
} from "../../../../providers/genesys/client/rotated-client-inputs.ts";
import { createRotatedClientProvider } from "../../../../providers/genesys/client/rotated-client-provider.ts";
import type { GenesysOptions } from "../../../../sandbox/genesys/index.ts";
import { ResourceUnderEngine } from "../../histories/engine.ts";
import { startAccount } from "../aws.ts";
import { startOrganisation } from "../organisation.ts";

export const owner = "guard:acme/credentials/prod/crm~0a1b2c3d";

/** An organisation, an AWS account with a secret and a ledger, and one rotated credential that may be declared. */
export const startRotated = async (options: GenesysOptions = {}) => {
  const aws = await startAccount(options.clock);
  const table = aws.aws.ledgerTable;
  const organisation = await startOrganisation(
    { roles: [{ name: "CRM Reader" }, { name: "Queue Viewer" }], divisions: ["Claims"], ...options },
    aws,
  );
  const { world } = organisation;
  const newSecret = (name: string): string => aws.secrets.createSecret({ Name: name }).ARN ?? "";
  const secretArn = newSecret("rotated/crm");

  /** As a program declares it: the defaults are left to `check`. */
  const declare = (args: object = {}): RotatedInputs =>
    ({
      owner,
      name: "CRM Integration",
      roles: [{ role: "CRM Reader" }],
      secretArn,
      ledgerTable: table.name,
      awsRegion: "us-east-1",
      ...args,
    }) as RotatedInputs;

  /** One run of the engine. */
  const host = () => {
    const session = organisation.session();
    return createRotatedClientProvider(() => session);
  };

  const deployed = async (args: object = {}) => {
    const resource = new ResourceUnderEngine<RotatedInputs, RotatedOutputs>();
    await resource.up(host(), declare(args));
    return resource;
  };

  /** What the users of the credential read. */
  const stored = (arn = secretArn) => {
    const { SecretString = "", VersionId = "" } = aws.secrets.getSecretValue({ SecretId: arn });
    const value = parseSecretValue(SecretString);
    if (value === undefined) throw new Error("the secret holds no client");
    return { ...value, versionId: VersionId };
  };

  const current = (arn = secretArn) => {
    const client = world.clients.get(stored(arn).clientId);
    if (client === undefined) throw new Error("the current generation is gone");
    return client;
  };

  /** Stores a client as the one that users read, as the rotator or a person does. */
  const promote = (
    { id, secret }: { id: string; secret: string },
    versionId: string = randomUUID(),
    arn = secretArn,
  ) => {
    aws.secrets.putSecretValue({
      SecretId: arn,
      ClientRequestToken: versionId,
      SecretString: formatSecretValue({ clientId: id, clientSecret: secret, region: "us-east-1" }),
      VersionStages: ["AWSCURRENT"],
    });
  };

  const key = ledgerKey("crm");

  return {
    aws,
    table,
    organisation,
    world,
    secretArn,
    newSecret,
    declare,
    host,
    deployed,
    stored,
    current,
    promote,
    /** Every client with the credential's marker. */
    generations: () =>
      world.clients.all().filter(({ description }) => readMarker(description)?.prefix === owner),
    /** Whether a user of the credential can log in with what the secret says. */
    works: async (arn = secretArn): Promise<boolean> => {
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
    },
    /** What the rotator does: a client like the current one becomes the current one. Returns the old one's id. */
    rotate: (arn = secretArn): string => {
      const old = current(arn);
      const versionId = randomUUID();
      const text = (old.description ?? "").replace(/ ?guard:\S+$/, "");
      promote(
        world.addClient({
          name: old.name,
          description: [text, marker(owner, generationToken(versionId))].filter(Boolean).join(" "),
          accessTokenValiditySeconds: old.accessTokenValiditySeconds,
          grants: old.grants,
        }),
        versionId,
        arn,
      );
      return old.id;
    },
    record: (): CredentialRecord => readRecord(JSON.parse(table.get(key)?.record?.S ?? "null")).record,
    isLeased: (): boolean => table.get(key)?.holder !== undefined,
    /** From now on an operation of AWS fails, until `aws.faults.clear()`. */
    fail: (operation: string): void => {
      aws.faults.add({ route: `/secretsmanager.${operation}`, fault: { kind: "status", status: 500 } });
    },
    /** Somebody else takes the credential's lease, until a time in milliseconds since 1970. */
    lease: (until: number): void => {
      table.write(key, (item) => ({
        ...item,
        pk: { S: key },
        holder: { S: "rotate-1" },
        until: { N: String(until) },
        fence: { N: "7" },
      }));
    },
    close: async (): Promise<void> => {
      await organisation.close();
      await aws.close();
    },
  };
};

export type RotatedWorld = Awaited<ReturnType<typeof startRotated>>;
