import { createVerify, generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { githubApp } from "../../../apis/github/app.ts";
import { parseAppCredentials } from "../../../apis/github/app-credentials.ts";
import {
  ForbiddenError,
  InvalidCredentialsError,
  MissingCredentialsError,
  PlatformError,
  RateLimitedError,
} from "../../../apis/github/errors.ts";
import { fetchConnection } from "../../../apis/http/fetch-connection.ts";
import { Secret } from "../../../apis/http/secret.ts";
import { appWorld, closeAppWorlds, credentialsText, failing, key, tokenPath } from "./app-world.ts";

afterEach(closeAppWorlds);

const decoded = (part = ""): unknown => JSON.parse(Buffer.from(part, "base64url").toString());

describe("an installation token", () => {
  test("is asked for with a signed token of the App, with the least permissions", async () => {
    const { installation, server } = await appWorld(() => "drop");
    await installation();
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request).toMatchObject({ method: "POST", path: tokenPath });
    expect(JSON.parse(request?.text ?? "")).toEqual({
      permissions: { secret_scanning_alerts: "write", contents: "read", metadata: "read" },
    });
    const [header, claims, signature = ""] = (request?.headers.authorization ?? "").slice(7).split(".");
    expect(decoded(header)).toEqual({ alg: "RS256", typ: "JWT" });
    const now = Date.parse("2026-09-01T00:00:00Z") / 1000;
    expect(decoded(claims)).toEqual({ iat: now - 60, exp: now + 540, iss: "1234" });
    const verifier = createVerify("sha256").update(`${header}.${claims}`);
    expect(verifier.verify(key.publicKey, signature, "base64url")).toBe(true);
  });

  test("is a new one for every run, and every call of the run bears it", async () => {
    let minted = 0;
    const { installation, asked } = await appWorld(() => ({ body: [] }), {
      mint: () => {
        minted += 1;
        return { status: 201, body: { token: `token-${minted}` } };
      },
    });
    for (const run of [1, 2]) {
      const github = await installation();
      await github.locations("acme/crm", run);
      await github.openAlerts("acme");
    }
    expect(asked().map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-2",
    ]);
  });

  test("for webhooks is another, asked for once and only when it is needed", async () => {
    const { installation, server } = await appWorld(() => ({ body: [] }));
    const github = await installation();
    await Promise.all([github.failedDeliveries("acme", 5, 0), github.redeliver("acme", 5, 9)]);
    const minted = server.received.filter(({ path }) => path === tokenPath);
    expect(minted.map(({ text }) => JSON.parse(text))).toEqual([
      { permissions: { secret_scanning_alerts: "write", contents: "read", metadata: "read" } },
      { permissions: { organization_hooks: "write" } },
    ]);
  });

  test("for webhooks that was refused is asked for again by the next call", async () => {
    let hooksGranted = false;
    const { installation } = await appWorld(() => ({ body: [] }), {
      mint: ({ text }) =>
        text.includes("organization_hooks") && !hooksGranted
          ? {
              status: 422,
              body: { message: "The permissions requested are not granted to this installation." },
            }
          : { status: 201, body: { token: "t" } },
    });
    const github = await installation();
    const error = await failing(github.failedDeliveries("acme", 5, 0));
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error.message).toContain("Grant it to the App");
    hooksGranted = true;
    expect(await github.failedDeliveries("acme", 5, 0)).toEqual([]);
  });

  test("is asked for again with fresh credentials where the kept ones are refused", async () => {
    let asked = 0;
    const { installation, reads } = await appWorld(() => "drop", {
      mint: () => {
        asked += 1;
        return asked === 1
          ? { status: 401, body: { message: "A JSON web token could not be decoded" } }
          : { status: 201, body: { token: "t" } };
      },
    });
    await installation();
    expect(reads).toEqual([undefined, { fresh: true }]);
  });

  test("that GitHub gives to no credentials is told with what to check", async () => {
    const { installation, reads } = await appWorld(() => "drop", { mint: () => ({ status: 401, body: {} }) });
    const error = await failing(installation());
    expect(error).toBeInstanceOf(InvalidCredentialsError);
    expect(error.message).toContain("installation 77 of the GitHub App 1234");
    expect(error.message).toContain("Check the App's id and private key");
    expect(reads).toHaveLength(2);
  });

  test("is asked for once where the failure is another", async () => {
    const { installation, reads } = await appWorld(() => "drop", { mint: () => ({ status: 404, body: {} }) });
    await failing(installation());
    expect(reads).toHaveLength(1);
  });

  test.each([{ body: {} }, { body: undefined }, { body: { token: 5 } }])(
    "that is missing in the answer %p is told",
    async (answer) => {
      const { installation } = await appWorld(() => "drop", { mint: () => ({ status: 201, ...answer }) });
      const error = await failing(installation());
      expect(error).toBeInstanceOf(PlatformError);
      expect(error.message).toContain("no token in the answer");
    },
  );

  test("is asked for again after a failure of the service: one more harms nobody", async () => {
    let asked = 0;
    const { installation, pauses } = await appWorld(() => "drop", {
      mint: () => {
        asked += 1;
        return asked === 1 ? { status: 502, body: {} } : { status: 201, body: { token: "t" } };
      },
    });
    await installation();
    expect(pauses).toEqual([250]);
  });
});

describe("a token that GitHub does not know yet", () => {
  const unknown = { status: 401, body: { message: "Bad credentials" } };

  test("is tried again within its first five seconds", async () => {
    const { installation, pauses } = await appWorld((_, count) => (count < 4 ? unknown : { body: [] }));
    const github = await installation();
    expect(await github.locations("acme/crm", 1)).toEqual([]);
    expect(pauses).toEqual([1000, 1000, 1000]);
  });

  test("and never will is told in the end", async () => {
    const { installation, pauses } = await appWorld(() => unknown);
    const github = await installation();
    expect(await failing(github.locations("acme/crm", 1))).toBeInstanceOf(InvalidCredentialsError);
    expect(pauses).toEqual([1000, 1000, 1000, 1000, 1000]);
  });

  test("is given up at once where it is older", async () => {
    const { installation, pauses, pass } = await appWorld(() => unknown);
    const github = await installation();
    pass(3_600_000);
    expect(await failing(github.locations("acme/crm", 1))).toBeInstanceOf(InvalidCredentialsError);
    expect(pauses).toEqual([]);
  });

  test("is not tried for ever, even if the clock stands still", async () => {
    const { installation, asked } = await appWorld(() => unknown, {
      transport: { now: () => 0, sleep: async () => undefined },
    });
    await failing((await installation()).locations("acme/crm", 1));
    expect(asked()).toHaveLength(6);
  });
});

describe("patience", () => {
  test("a short rate limit and a failure cost less than three seconds together", async () => {
    const { installation, pauses } = await appWorld(
      (_, count) =>
        [
          { status: 429, headers: { "retry-after": "1" }, body: {} },
          { status: 503, body: {} },
        ][count - 1] ?? {
          body: [],
        },
    );
    await (await installation()).locations("acme/crm", 1);
    expect(pauses).toEqual([1500, 250]);
  });

  test("a long rate limit is left to the caller, with its end", async () => {
    const { installation, pauses } = await appWorld(() => ({
      status: 403,
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1788221400" },
      body: { message: "API rate limit exceeded for installation ID 77." },
    }));
    const error = await failing((await installation()).locations("acme/crm", 1));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAt: new Date(1_788_221_400_000) });
    expect(pauses).toEqual([]);
  });

  test("three calls are under way at once, no more", async () => {
    const { installation, server } = await appWorld(
      () => new Promise((resolve) => setTimeout(() => resolve({ body: [] }), 20)),
    );
    const github = await installation();
    await Promise.all([1, 2, 3, 4, 5, 6].map((number) => github.locations("acme/crm", number)));
    expect(server.mostAtOnce()).toBe(3);
  });
});

describe("credentials", () => {
  test("may have text for ids and a key in PKCS #8", () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const read = parseAppCredentials(
      credentialsText({ appId: "Iv23liAbc", installationId: "77", privateKey }),
    );
    expect(read).toMatchObject({ appId: "Iv23liAbc", installationId: "77" });
    expect(read.privateKey.asymmetricKeyType).toBe("rsa");
  });

  const elliptic = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

  test.each([
    ["no JSON", new Secret(key.privateKey), "not a JSON object"],
    ["JSON of another kind", new Secret("5"), "not a JSON object"],
    ["JSON null", new Secret("null"), "not a JSON object"],
    [
      "nothing",
      new Secret("{}"),
      "appId is missing or no id; installationId is missing or no id; privateKey is missing or no RSA private key in PEM",
    ],
    ["an odd id", credentialsText({ appId: "a/b" }), "called: appId is missing or no id. Store"],
    ["an odd installation", credentialsText({ installationId: "" }), "called: installationId is missing"],
    ["a clipped key", credentialsText({ privateKey: key.privateKey.slice(0, 400) }), "called: privateKey is"],
    [
      "a key of another kind",
      credentialsText({ privateKey: elliptic }),
      "called: privateKey is missing or no RSA",
    ],
  ])("%s: all mistakes are told, nothing of the key is", (_, text, words) => {
    let told: unknown;
    try {
      parseAppCredentials(text);
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(MissingCredentialsError);
    expect(String(told)).toContain(words);
    const shown = inspect(told, { depth: 9, showHidden: true });
    expect(shown).not.toContain(key.privateKey.slice(60, 90));
    expect(shown).not.toContain(elliptic.slice(60, 90));
  });

  test("that cannot be read are told by the first run", async () => {
    const app = githubApp({ connect: fetchConnection }, async () => {
      throw new Error("the store is away");
    });
    await expect(app.installation()).rejects.toThrow("the store is away");
  });

  test("are sent to no server without TLS", () => {
    expect(() =>
      githubApp({ connect: fetchConnection, apiUrl: "http://ghe.example.com" }, async () =>
        parseAppCredentials(credentialsText()),
      ),
    ).toThrow("GITHUB_API_URL must begin with https://");
  });
});
