import { randomBytes } from "node:crypto";
import { PartialFailure } from "../../../../providers/dynamic/partial.ts";
import { unknown } from "../../../../providers/dynamic/provider.ts";
import {
  createDataActionCredentialProvider,
  type DataActionCredentialInputs,
  type DataActionCredentialOutputs,
} from "../../../../providers/genesys/data-action/data-action-credential-provider.ts";
import type { DataActionAuthentication } from "../../../../providers/genesys/types.ts";
import { type Organisation, startOrganisation } from "../organisation.ts";

const clientSecret = randomBytes(24).toString("base64url");
const role: DataActionAuthentication = { kind: "awsRole", roleArn: "arn:aws:iam::111122223333:role/actions" };
const client: DataActionAuthentication = { kind: "genesysOauthClient", clientId: "client-1", clientSecret };
const outside: DataActionAuthentication = {
  kind: "oauthClient",
  clientId: "client-2",
  clientSecret,
  tokenUrl: "https://login.example.com/token",
  scope: "orders:read",
};
const declared: DataActionCredentialInputs = {
  name: "Customer lookup",
  authentication: client,
  owner: "guard:acme/credentials/prod/lookup~0a1b2c3d",
};
const path = "/api/v2/integrations/credentials";

let organisation: Organisation;
beforeEach(async () => {
  organisation = await startOrganisation();
});
afterEach(() => organisation.close());

const provider = () => {
  const session = organisation.session();
  return createDataActionCredentialProvider(() => session);
};
const credentials = () => organisation.world.credentials.all();
const addCredential = (name: string, typeName = "pureCloudOAuthClient") =>
  organisation.world.credentials.add({
    id: organisation.world.newId(),
    name,
    typeName,
    fields: { by: "hand" },
    dateCreated: "",
    dateModified: "",
    createdBy: "",
    modifiedBy: "",
  });
const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PartialFailure)) throw new Error(`no partial failure: ${String(error)}`);
  organisation.faults.clear();
  return { id: error.id, props: error.properties as DataActionCredentialOutputs, message: error.message };
};

describe("check", () => {
  test.each<[string, unknown, string[]]>([
    ["an AWS role", role, []],
    ["a client of the organisation", client, []],
    ["a client of another server", outside, []],
    ["what is unknown", unknown, []],
    ["an unknown secret", { ...client, clientSecret: unknown }, []],
    ["an unknown kind", { ...client, kind: unknown }, []],
    ["nothing", undefined, ["authentication: It is missing"]],
    [
      "basic authentication, whoever smuggles it in",
      { kind: "basicAuth", userName: "u", password: clientSecret },
      [
        "authentication.kind: It must be awsRole, genesysOauthClient or oauthClient; basic authentication is refused",
      ],
    ],
    [
      "a password beside a client",
      { ...client, password: clientSecret },
      ["authentication.password: There is no"],
    ],
    [
      "an ARN of a user",
      { kind: "awsRole", roleArn: "arn:aws:iam::111122223333:user/a" },
      ["authentication.roleArn"],
    ],
    [
      "an empty secret",
      { ...client, clientSecret: "" },
      ["authentication.clientSecret: It must not be empty"],
    ],
    [
      "a token URL in clear",
      { ...outside, tokenUrl: "http://login.example.com" },
      ["authentication.tokenUrl"],
    ],
    [
      "a token URL with a password",
      { ...outside, tokenUrl: `https://u:${clientSecret}@login.example.com` },
      ["authentication.tokenUrl: It must be an https URL without a password"],
    ],
  ])("%s", async (_name, authentication, expected) => {
    const { failures } = await provider().check({}, { ...declared, authentication } as never);
    const found = failures.map(({ property, reason }) => `${property}: ${reason}`);
    expect(found.map((each, i) => each.slice(0, expected[i]?.length))).toEqual(expected);
    expect(found.join()).not.toContain(clientSecret);
  });
});

describe("create", () => {
  test.each<[DataActionAuthentication, string, Record<string, string>]>([
    [role, "amazonWebServicesARN", { ARN: role.roleArn }],
    [client, "pureCloudOAuthClient", { clientId: "client-1", clientSecret }],
    [
      outside,
      "userDefinedOAuth",
      { clientId: "client-2", clientSecret, loginUrl: outside.tokenUrl, scope: "orders:read" },
    ],
  ])("makes the platform's credential", async (authentication, typeName, fields) => {
    const { id, outs } = await provider().create({ ...declared, authentication });
    expect(credentials()).toMatchObject([{ id, name: "Customer lookup", typeName, fields }]);
    expect(outs).toEqual({
      name: declared.name,
      owner: declared.owner,
      kind: authentication.kind,
      credentialId: id,
      fieldsFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(outs)).not.toContain(clientSecret);
  });

  test("leaves a credential of the same name and type alone", async () => {
    const theirs = addCredential(declared.name);
    const { id } = await provider().create(declared);
    expect(credentials().filter((each) => each.id !== id)).toEqual([theirs]);
  });

  test("takes what a killed run has left under the marker, if its type fits", async () => {
    const marked = `${declared.owner}#0123456789abcdef`;
    const other = addCredential(marked, "amazonWebServicesARN");
    const left = addCredential(marked);
    expect((await provider().create(declared)).id).toBe(left.id);
    expect(organisation.world.credentials.get(left.id)).toMatchObject({
      name: declared.name,
      fields: { clientSecret },
    });
    expect(organisation.world.credentials.get(other.id)).toEqual(other);
  });

  test("finds the credential whose creation got no answer", async () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: path, times: 1 });
    const { id } = await provider().create(declared);
    expect(credentials().map((each) => each.id)).toEqual([id]);
  });

  test("keeps a credential that it could not rename as unfinished, and finishes it later", async () => {
    organisation.faults.add({ fault: { kind: "status", status: 503 }, method: "PUT" });
    const { id, props, message } = await failureOf(provider().create(declared));
    expect(message).toContain("exists but is not finished");
    expect(await provider().diff(id, props, declared)).toEqual({ changes: true, replaces: [] });
    const { props: seen = props } = await provider().read(id, props);
    expect(await provider().diff(id, seen, declared)).toEqual({ changes: true, replaces: [] });
    const { outs } = await provider().update(id, seen, declared);
    expect(await provider().diff(id, outs, declared)).toEqual({ changes: false, replaces: [] });
    expect(credentials()).toMatchObject([{ id, name: declared.name }]);
  });

  test("hands on a plain refusal", async () => {
    organisation.faults.add({ fault: { kind: "status", status: 429 }, method: "POST", route: path });
    await expect(provider().create(declared)).rejects.toThrow("rate limit");
  });

  test("never goes without the fields", async () => {
    const { authentication: _, ...bare } = declared;
    await expect(provider().create(bare)).rejects.toThrow("authentication is missing");
  });
});

describe("a creation without an answer, when nothing can be looked up either", () => {
  const lost = () => {
    organisation.faults.add({ fault: { kind: "dropAfter" }, method: "POST", route: path, times: 1 });
    organisation.faults.add({ fault: { kind: "dropBefore" }, method: "GET", route: path, skip: 1 });
    return failureOf(provider().create(declared));
  };

  test("is kept by its marker; a refresh finds the credential", async () => {
    const { id, props } = await lost();
    expect(JSON.stringify(props)).not.toContain(clientSecret);
    expect(await provider().read(id, props)).toMatchObject({ id: credentials()[0]?.id });
  });

  test("is finished by the next deployment", async () => {
    const { id, props } = await lost();
    const { outs } = await provider().update(id, props, declared);
    expect(credentials()).toMatchObject([{ id: outs.credentialId, name: declared.name }]);
    await provider().delete(id, outs);
    expect(credentials()).toEqual([]);
  });

  test("is made again if it had no effect", async () => {
    const { id, props } = await lost();
    organisation.world.credentials.remove(credentials()[0]?.id ?? "");
    expect(await provider().read(id, props)).toEqual({});
    await provider().delete(id, props);
    const { outs } = await provider().update(id, props, declared);
    expect(credentials().map((each) => each.id)).toEqual([outs.credentialId]);
  });
});

describe("adoption", () => {
  test("writes the declared fields into an existing credential", async () => {
    const { id } = addCredential("By hand");
    expect((await provider().create({ ...declared, adoptId: id })).id).toBe(id);
    expect(credentials()).toMatchObject([{ id, name: declared.name, fields: { clientSecret } }]);
  });

  test("refuses an id that no credential has, and another type", async () => {
    await expect(provider().create({ ...declared, adoptId: "nothing" })).rejects.toThrow(
      "no such credential",
    );
    const theirs = addCredential("By hand", "basicAuth");
    await expect(provider().create({ ...declared, adoptId: theirs.id })).rejects.toThrow(
      '"By hand" is of the type basicAuth, not pureCloudOAuthClient',
    );
    expect(credentials()).toEqual([theirs]);
  });
});

describe("diff and update", () => {
  test.each<[string, object, boolean, string[]]>([
    ["nothing", {}, false, []],
    [
      "the order of the keys",
      { authentication: { clientSecret, clientId: "client-1", kind: client.kind } },
      false,
      [],
    ],
    ["another secret", { authentication: { ...client, clientSecret: "x" } }, true, []],
    ["another name", { name: "Order lookup" }, true, []],
    ["another kind, which the platform cannot change", { authentication: role }, true, ["authentication"]],
    ["an unknown secret", { authentication: { ...client, clientSecret: unknown } }, true, []],
    ["an unknown kind", { authentication: { ...client, kind: unknown } }, true, []],
    ["what is unknown", { authentication: unknown }, true, []],
    ["an adoptId and an owner, which matter at creation alone", { adoptId: "c2", owner: "o" }, false, []],
  ])("%s", async (_name, news, changes, replaces) => {
    const { id, outs } = await provider().create(declared);
    const calls = organisation.calls.count();
    expect(await provider().diff(id, outs, { ...declared, ...news })).toEqual({ changes, replaces });
    expect(organisation.calls.count()).toBe(calls);
  });

  test("an update overwrites the fields", async () => {
    const { id, outs } = await provider().create(declared);
    const rotated = randomBytes(24).toString("base64url");
    const news = { ...declared, authentication: { ...client, clientSecret: rotated } };
    await provider().update(id, outs, news);
    expect(credentials()).toMatchObject([{ id, fields: { clientSecret: rotated } }]);
  });
});

describe("read", () => {
  test("reports another name, and gives back no field", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.credentials.edit(id, { name: "Renamed" });
    expect(await provider().read(id, outs)).toEqual({
      id,
      inputs: { name: "Renamed", owner: declared.owner },
      props: { ...outs, name: "Renamed" },
    });
  });

  test("reports a type that has no form here, so that it is replaced", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.credentials.edit(id, { typeName: "basicAuth" });
    const { props = outs } = await provider().read(id, outs);
    expect(await provider().diff(id, props, declared)).toEqual({
      changes: true,
      replaces: ["authentication"],
    });
  });

  test("finds nothing where the credential is gone", async () => {
    const { id, outs } = await provider().create(declared);
    organisation.world.credentials.remove(id);
    expect(await provider().read(id, outs)).toEqual({});
  });
});

describe("delete", () => {
  test("is done when the credential is gone", async () => {
    const { id, outs } = await provider().create(declared);
    await provider().delete(id, outs);
    await provider().delete(id, outs);
    expect(credentials()).toEqual([]);
  });

  test("spares the credential of a living resource", async () => {
    const { id, outs } = await provider().create(declared);
    const run = provider();
    await run.check(declared, declared);
    await run.diff(id, outs, declared);
    await run.delete(id, outs);
    expect(credentials()).toHaveLength(1);
  });
});
