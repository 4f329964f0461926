import { randomBytes } from "node:crypto";
import fc from "fast-check";
import {
  fieldsFingerprint,
  kindOf,
} from "../../../../providers/genesys/data-action/data-action-authentication.ts";
import {
  createDataActionCredentialProvider,
  type DataActionCredentialInputs,
  type DataActionCredentialOutputs,
} from "../../../../providers/genesys/data-action/data-action-credential-provider.ts";
import type { DataActionAuthentication } from "../../../../providers/genesys/types.ts";
import { proveHistories, type World } from "../../histories/history.ts";
import { startOrganisation } from "../organisation.ts";

const secrets = [randomBytes(24).toString("base64url"), randomBytes(24).toString("base64url")];
const secret = fc.nat({ max: 1 }).map((choice) => secrets[choice] ?? "");

const authentication: fc.Arbitrary<DataActionAuthentication> = fc.oneof(
  fc.record({
    kind: fc.constant("awsRole" as const),
    roleArn: fc.constantFrom("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"),
  }),
  fc.record({
    kind: fc.constant("genesysOauthClient" as const),
    clientId: fc.constant("client-1"),
    clientSecret: secret,
  }),
  fc.record({
    kind: fc.constant("oauthClient" as const),
    clientId: fc.constant("client-2"),
    clientSecret: secret,
    tokenUrl: fc.constant("https://login.example.com/token"),
  }),
);

const declarations: fc.Arbitrary<DataActionCredentialInputs> = fc.record({
  name: fc.constantFrom("Customer lookup", "Order lookup"),
  authentication,
  owner: fc.constant("guard:acme/credentials/prod/lookup~0a1b2c3d"),
});

/** The declaration whose fields the platform holds. */
const declarationOf = (typeName: string, fields: Record<string, string>): DataActionAuthentication => {
  const { ARN = "", clientId = "", clientSecret = "", loginUrl = "" } = fields;
  switch (kindOf(typeName)) {
    case "awsRole":
      return { kind: "awsRole", roleArn: ARN };
    case "oauthClient":
      return { kind: "oauthClient", clientId, clientSecret, tokenUrl: loginUrl };
    default:
      return { kind: "genesysOauthClient", clientId, clientSecret };
  }
};

const start = async (): Promise<World<DataActionCredentialInputs, DataActionCredentialOutputs>> => {
  const { world, faults, session, close } = await startOrganisation();
  const stamps = { dateCreated: "", dateModified: "", createdBy: "", modifiedBy: "" };
  return {
    faults,
    close,
    host: () => {
      const shared = session();
      return createDataActionCredentialProvider(() => shared);
    },
    // Fields changed by hand are invisible to everybody, the platform's own administrators included.
    drift: (id, choice) => {
      if (!world.credentials.has(id)) return;
      if (choice % 2 === 0) world.credentials.remove(id);
      else world.credentials.edit(id, { name: `Renamed ${choice}` });
    },
    existing: (inputs) => {
      const id = world.newId();
      const typeName =
        inputs.authentication?.kind === "awsRole"
          ? "amazonWebServicesARN"
          : inputs.authentication?.kind === "oauthClient"
            ? "userDefinedOAuth"
            : "pureCloudOAuthClient";
      world.credentials.add({ id, name: "By hand", typeName, fields: { by: "hand" }, ...stamps });
      return { id, inputs: { ...inputs, adoptId: id } };
    },
    actual: (id) => {
      const credential = world.credentials.get(id);
      if (credential === undefined) return undefined;
      return {
        credentialId: id,
        name: credential.name,
        kind: kindOf(credential.typeName),
        fieldsFingerprint: fieldsFingerprint(declarationOf(credential.typeName, credential.fields)),
      };
    },
    living: () => world.credentials.all().map(({ id }) => id),
  };
};

proveHistories("whatever happens to a data action credential, one deployment puts it right", {
  declarations,
  start,
});
