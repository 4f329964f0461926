import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentCredentials } from "../../../client/aws/credentials.ts";
import { MissingAwsCredentialsError } from "../../../client/index.ts";

const secret = () => randomBytes(24).toString("base64url");
const noNetwork: typeof fetch = async () => {
  throw new TypeError("fetch failed");
};

/** A container's agent, and what it was asked. */
const agent = (answer: unknown) => {
  const asked: { url: string; authorization: string | null }[] = [];
  const serve: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), authorization: new Headers(init?.headers).get("authorization") });
    return new Response(JSON.stringify(answer));
  };
  return { asked, serve };
};

test("Lambda's variables are read at every call", async () => {
  const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: secret() };
  const credentials = environmentCredentials(environment, noNetwork);
  expect(await credentials()).toEqual({
    accessKeyId: "a",
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
  });
  environment.AWS_SESSION_TOKEN = secret();
  expect(await credentials()).toMatchObject({ sessionToken: environment.AWS_SESSION_TOKEN });
});

test("in ECS the agent is asked at its fixed address", async () => {
  const answer = {
    AccessKeyId: "b",
    SecretAccessKey: secret(),
    Token: secret(),
    Expiration: "2026-09-01T12:00:00Z",
  };
  const { asked, serve } = agent(answer);
  const credentials = environmentCredentials(
    { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/credentials/1" },
    serve,
  );
  expect(await credentials()).toEqual({
    accessKeyId: "b",
    secretAccessKey: answer.SecretAccessKey,
    sessionToken: answer.Token,
    expiration: new Date(answer.Expiration),
  });
  expect(asked).toEqual([{ url: "http://169.254.170.2/v2/credentials/1", authorization: null }]);
});

test("in EKS the agent is shown the token of the pod, as it is in the file now", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kit-"));
  try {
    const file = join(folder, "token");
    const { asked, serve } = agent({ AccessKeyId: "c", SecretAccessKey: secret() });
    const credentials = environmentCredentials(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23/v1/credentials",
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
      },
      serve,
    );
    writeFileSync(file, "first\n");
    expect(await credentials()).toMatchObject({ accessKeyId: "c" });
    writeFileSync(file, "second");
    await credentials();
    expect(asked.map(({ authorization }) => authorization)).toEqual(["first", "second"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["no variable", {}, noNetwork],
  ["half a key", { AWS_ACCESS_KEY_ID: "a" }, noNetwork],
  ["an agent that cannot be reached", { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x" }, noNetwork],
  [
    "an agent that gives none",
    { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x" },
    agent({ code: "NoRole" }).serve,
  ],
])("with %s there are none", async (_, environment, network) => {
  const credentials = environmentCredentials(environment, network);
  await expect(credentials()).rejects.toThrow(MissingAwsCredentialsError);
  await expect(credentials()).rejects.toThrow("fromNodeProviderChain()");
});
