import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const start = (): ChildProcess =>
  spawn(process.execPath, [join(__dirname, "../../sandbox/main.ts")], { stdio: ["ignore", "pipe", "pipe"] });

/** The variables that the sandbox prints, once it has said everything. */
const printed = async (sandbox: ChildProcess): Promise<Record<string, string>> => {
  let text = "";
  sandbox.stdout?.on("data", (chunk) => {
    text += String(chunk);
  });
  for await (const _ of sandbox.stderr ?? []) break;
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => {
        const [, name, value] = /^export (\w+)=(\S+)$/.exec(line) ?? [];
        if (name === undefined || value === undefined) throw new Error(`a shell cannot evaluate: ${line}`);
        return [name, value];
      }),
  );
};

test("npm run sandbox prints what points a client at it, serves, and stops on Ctrl-C", async () => {
  const sandbox = start();
  const environment = await printed(sandbox);
  expect(Object.keys(environment)).toEqual(
    expect.arrayContaining([
      "GENESYSCLOUD_REGION",
      "GENESYSCLOUD_OAUTHCLIENT_ID",
      "GENESYSCLOUD_OAUTHCLIENT_SECRET",
      "GENESYSCLOUD_API_URL",
      "GENESYSCLOUD_LOGIN_URL",
      "GITHUB_TOKEN",
      "GITHUB_API_URL",
      "AWS_REGION",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_ENDPOINT_URL_SECRETS_MANAGER",
      "AWS_ENDPOINT_URL_DYNAMODB",
      "SANDBOX_BINDINGS_URL",
    ]),
  );
  const login = `${environment.GENESYSCLOUD_OAUTHCLIENT_ID}:${environment.GENESYSCLOUD_OAUTHCLIENT_SECRET}`;
  const response = await fetch(`${environment.GENESYSCLOUD_LOGIN_URL}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(login).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  expect(response.status).toBe(200);
  sandbox.kill("SIGINT");
  const [exitCode] = await once(sandbox, "exit");
  expect(exitCode).toBe(0);
});
