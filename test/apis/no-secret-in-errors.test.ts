import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { createGenesysApi } from "../../apis/genesys/create.ts";
import { githubApp } from "../../apis/github/app.ts";
import { parseAppCredentials } from "../../apis/github/app-credentials.ts";
import { createGithubApi } from "../../apis/github/create.ts";
import { ApiError } from "../../apis/http/errors.ts";
import { fetchConnection } from "../../apis/http/fetch-connection.ts";
import { proof } from "../proof.ts";
import { credentialsText } from "./github/app-world.ts";
import { type Received, type Scripted, startLoopback } from "./loopback.ts";
import { virtualTime } from "./virtual-time.ts";

const newSecret = () => randomBytes(24).toString("base64url");

/** Everything that a log, a debugger or a serialiser could make of an error. */
const traces = (error: unknown): string => {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      texts.push(String(key));
      walk(Reflect.get(value, key));
    }
  };
  walk(error);
  const options = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true };
  return [...texts, String(error), inspect(error, options), JSON.stringify(error)].join("\n");
};

/** How the service says no; every text that it got comes back in it. */
const refusals = {
  body: (echo: string, status: number): Scripted => ({
    status,
    headers: { "retry-after": "999" },
    body: { code: echo, message: echo, contextId: echo, error: "invalid_client", error_description: echo },
  }),
  parameters: (echo: string, status: number): Scripted => ({
    status,
    body: {
      code: "missing.permissions",
      messageParams: { permissions: echo, [echo]: echo },
      errors: [{ field: echo }, echo],
      validation_errors: { 0: { errors: [{ code: echo, message: echo }] } },
    },
  }),
  page: (echo: string, status: number): Scripted => ({ status, body: `<html>${echo}</html>` }),
  headers: (echo: string, status: number): Scripted => ({
    status,
    headers: Object.fromEntries(
      ["inin-correlation-id", "x-github-request-id", "x-accepted-github-permissions", "location"].map(
        (name) => [name, encodeURIComponent(echo).replaceAll("%20", " ")],
      ),
    ),
  }),
  silence: (): Scripted => "drop",
};

const echoOf = ({ headers, text }: Received): string => {
  const { authorization = "" } = headers;
  const decoded = Buffer.from(authorization.split(" ")[1] ?? "", "base64").toString("utf8");
  return [
    authorization,
    decoded,
    text,
    /^[{[]/.test(text) ? inspect(JSON.parse(text), { depth: 9 }) : text,
  ].join(" ");
};

/** What an App asks for tokens with: the signature alone would do. */
const signedToken = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20}/;

const scenario = fc.record({
  refusal: fc.constantFrom(...Object.keys(refusals)) as fc.Arbitrary<keyof typeof refusals>,
  status: fc.constantFrom(200, 302, 400, 401, 403, 404, 409, 412, 422, 429, 500, 503),
  at: fc.constantFrom("login", "api"),
  call: fc.constantFrom("client", "reset", "credential", "user", "pattern", "alert", "blob", "resolve"),
});

proof("no error holds a secret", { quick: 150, full: 3000 }, async (numRuns, seed) => {
  let answer: (request: Received) => Scripted = () => "drop";
  const server = await startLoopback((request) => answer(request));
  const { transport } = virtualTime();
  try {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ refusal, status, at, call }) => {
        const [clientSecret, accessToken, githubToken, field, deep] = Array.from({ length: 5 }, newSecret);
        const secrets = [clientSecret, accessToken, githubToken, field, deep] as string[];
        secrets.push(Buffer.from(`client-1:${clientSecret}`).toString("base64"));
        answer = (request) =>
          at === "api" && /token/.test(request.path)
            ? { body: { access_token: accessToken, expires_in: 300, token: githubToken } }
            : refusals[refusal](echoOf(request), status);
        const genesys = createGenesysApi({
          transport,
          environment: {
            GENESYSCLOUD_API_URL: server.url,
            GENESYSCLOUD_LOGIN_URL: server.url,
            GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
            GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret ?? "",
          },
        });
        const github = createGithubApi({
          transport,
          environment: { GITHUB_API_URL: server.url, GITHUB_TOKEN: githubToken ?? "" },
        });
        const app = githubApp({ connect: fetchConnection, apiUrl: server.url, ...transport }, async () =>
          parseAppCredentials(credentialsText()),
        );
        const calls = {
          alert: async () => (await app.installation()).alert("o/r", 1),
          blob: async () => (await app.installation()).blob("o/r", "b1", 10),
          resolve: async () =>
            (await app.installation()).resolve("o/r", 1, { resolution: "revoked", comment: "x" }),
          client: () => genesys.oauthClients.create({ name: "crm", authorizedGrantType: "CODE" }),
          reset: () => genesys.oauthClients.resetSecret("c-1"),
          credential: () =>
            genesys.credentials.create({
              name: "aws",
              type: { name: "userDefined" },
              credentialFields: { userName: field ?? "", value: `"${deep}"\\` },
            }),
          user: () =>
            genesys.users.create({ name: "A", email: "a@b.example", divisionId: "d", password: field ?? "" }),
          pattern: () =>
            github.customPatterns.update({ organization: "o" }, 1, { custom_pattern_version: "1" }),
        };
        const error: unknown = await calls[call]().then(
          () => undefined,
          (thrown) => thrown,
        );
        if (error === undefined) {
          // An answer in the two hundreds is a success whatever it says.
          expect(status).toBe(200);
          return;
        }
        expect(error).toBeInstanceOf(ApiError);
        const shown = traces(error);
        expect(shown).not.toMatch(signedToken);
        for (const secret of secrets) expect(shown).not.toContain(secret);
        expect(traces([genesys, github])).not.toContain(clientSecret);
      }),
      { numRuns, seed },
    );
  } finally {
    await server.close();
  }
});

test("the proof would notice a secret, wherever an error holds it", () => {
  const secret = newSecret();
  const cause = Object.assign(new Error("x"), { config: { headers: { authorization: secret } } });
  const hidden = Object.defineProperty(new Error("x"), "request", { value: { secret }, enumerable: false });
  for (const error of [new Error(secret), new Error("x", { cause }), hidden, cause]) {
    expect(traces(error)).toContain(secret);
  }
});
