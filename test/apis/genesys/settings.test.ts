import { randomBytes } from "node:crypto";
import { createGenesysApi } from "../../../apis/genesys/create.ts";
import { MissingCredentialsError } from "../../../apis/genesys/errors.ts";
import { readGenesysSettings } from "../../../apis/genesys/settings.ts";

const secret = randomBytes(32).toString("base64url");
const complete = {
  GENESYSCLOUD_REGION: "eu-central-1",
  GENESYSCLOUD_OAUTHCLIENT_ID: "id-1",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: secret,
};

const problems = (environment: NodeJS.ProcessEnv): MissingCredentialsError => {
  try {
    readGenesysSettings(environment);
  } catch (error) {
    if (error instanceof MissingCredentialsError) return error;
    throw error;
  }
  throw new Error("The settings should have been refused.");
};

test("a region gives both hosts", () => {
  const settings = readGenesysSettings(complete);
  expect(settings).toMatchObject({
    apiUrl: "https://api.mypurecloud.de",
    loginUrl: "https://login.mypurecloud.de",
    clientId: "id-1",
  });
  expect(settings.clientSecret.reveal()).toBe(secret);
});

test("base URLs replace the hosts of the region, and the region itself where there are two", () => {
  const one = readGenesysSettings({
    ...complete,
    GENESYSCLOUD_API_URL: "https://proxy.example.com/genesys/",
  });
  expect(one).toMatchObject({
    apiUrl: "https://proxy.example.com/genesys",
    loginUrl: "https://login.mypurecloud.de",
  });
  const { GENESYSCLOUD_REGION: _, ...rest } = complete;
  const both = {
    ...rest,
    GENESYSCLOUD_API_URL: "http://127.0.0.1:1",
    GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:2",
  };
  expect(readGenesysSettings(both)).toMatchObject({
    apiUrl: "http://127.0.0.1:1",
    loginUrl: "http://127.0.0.1:2",
  });
});

test("everything that is missing is reported at once, with the next step", () => {
  const error = problems({ GENESYSCLOUD_OAUTHCLIENT_ID: "  " });
  expect(error.problems).toEqual([
    "GENESYSCLOUD_REGION is not set",
    "GENESYSCLOUD_OAUTHCLIENT_ID is not set",
    "GENESYSCLOUD_OAUTHCLIENT_SECRET is not set",
  ]);
  expect(error.code).toBe("missing-credentials");
  expect(error.message).toContain("Set the environment variables");
});

test("an unknown region is answered with the known ones", () => {
  const error = problems({ ...complete, GENESYSCLOUD_REGION: "eu-central-9" });
  expect(error.problems).toHaveLength(1);
  expect(error.message).toContain('GENESYSCLOUD_REGION is "eu-central-9", which is none of us-east-1,');
  expect(error.message).toContain("eu-central-1");
});

test("a base URL that would carry the secret in clear is refused without being repeated", () => {
  const error = problems({
    ...complete,
    GENESYSCLOUD_API_URL: `https://user:${secret}@example.com`,
    GENESYSCLOUD_LOGIN_URL: "http://login.example.com",
  });
  expect(error.problems).toEqual([
    "GENESYSCLOUD_API_URL must be a URL without user, query and fragment",
    "GENESYSCLOUD_LOGIN_URL must begin with https://; http:// is for this machine alone",
  ]);
  expect(error.message).not.toContain(secret);
});

test("a client is made without settings, and its first call reports them", async () => {
  const api = createGenesysApi({ environment: {} });
  await expect(api.oauthClients.list()).rejects.toThrow(MissingCredentialsError);
});

test("the environment is read at the first call, not when the client is made", async () => {
  const environment: NodeJS.ProcessEnv = {};
  const api = createGenesysApi({ environment });
  environment.GENESYSCLOUD_REGION = "nowhere";
  await expect(api.organization.me()).rejects.toThrow('"nowhere"');
});
