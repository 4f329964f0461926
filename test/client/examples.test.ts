import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import platformClient from "purecloud-platform-client-v2";
import { credentialProblems, withGenesys } from "../../client/examples/express.ts";
import { rotatedCalls } from "../../client/examples/vendor-sdk.ts";
import {
  accessTokens,
  createFetch,
  credentialProvider,
  type GenesysFetch,
  secretsManagerSource,
  TokenRateLimitedError,
} from "../../client/index.ts";
import { formatSecretValue } from "../../core/rotation/secret-value.ts";
import { startAws } from "../../sandbox/aws/http/index.ts";
import { startGenesys } from "../../sandbox/genesys/index.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Genesys Cloud and Secrets Manager over HTTP, a rotated credential, and the kit pointed at both. */
const openWorld = async () => {
  const genesys = await startGenesys({ roles: [{ name: "Reader" }] });
  const aws = await startAws();
  closing.push(genesys.close, aws.close);
  const { world } = genesys;
  const role = world.roleNamed("Supervisor");
  const grants = [world.grant(role?.id ?? "", "*")];
  const newGeneration = () => {
    const { id, secret } = world.addClient({ name: "crm", grants });
    const text = formatSecretValue({ clientId: id, clientSecret: secret, region: "us-east-1" });
    return { id, version: { ClientRequestToken: randomUUID(), SecretString: text } };
  };
  let { id: current, version } = newGeneration();
  const secretId = aws.aws.createRotatedSecret("rotated/crm", version);
  const source = secretsManagerSource({ secretId, environment: aws.environment() });
  const options = {
    provider: credentialProvider({ source }),
    apiUrl: genesys.url,
    loginUrl: genesys.url,
  };
  return {
    ...genesys,
    options,
    /** Replaces the credential and kills the old one at once. */
    rotateAndKill: () => {
      const old = current;
      ({ id: current, version } = newGeneration());
      aws.aws.secretsManager.putSecretValue({ SecretId: secretId, ...version });
      world.clients.edit(old, { state: "disabled" });
    },
  };
};

test("the Lambda function answers before and after a rotation that kills", async () => {
  const { options, world, rotateAndKill } = await openWorld();
  const { id } = world.addQueue({ name: "Sales" });
  // The example reads its environment as it is loaded.
  process.env.AWS_REGION ??= "us-east-1";
  const { createHandler } = await import("../../client/examples/lambda.ts");
  const handler = createHandler(createFetch(options));
  expect(await handler({ queueId: id })).toMatchObject({ name: "Sales" });
  rotateAndKill();
  expect(await handler({ queueId: id })).toMatchObject({ name: "Sales" });
  await expect(handler({ queueId: randomUUID() })).rejects.toThrow("Genesys Cloud answers 404");
});

describe("the Express middleware", () => {
  /** What Express does with a list of handlers, on Node's own server. */
  const serve = async (genesys: GenesysFetch) => {
    const server = createServer((request: IncomingMessage & { genesys?: GenesysFetch }, response) => {
      const route = async (ready: typeof request, answer: ServerResponse) => {
        const queues = await ready.genesys?.("/api/v2/routing/queues");
        answer.end(JSON.stringify(await queues?.json()));
      };
      withGenesys(genesys)(request, response, () => {
        route(request, response).catch((error) =>
          credentialProblems(error, request, response, () => {
            response.statusCode = 500;
            response.end();
          }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const logged: string[] = [];
  beforeEach(() => {
    logged.length = 0;
    jest.spyOn(console, "error").mockImplementation((line) => logged.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  test("serves routes before and after a rotation that kills", async () => {
    const { options, world, rotateAndKill } = await openWorld();
    world.addQueue({ name: "Sales" });
    const url = await serve(createFetch(options));
    const names = async () => {
      const { entities } = (await (await fetch(url)).json()) as { entities: { name: string }[] };
      return entities.map(({ name }) => name);
    };
    expect(await names()).toEqual(["Sales"]);
    rotateAndKill();
    expect(await names()).toEqual(["Sales"]);
  });

  test("tells callers to come back, and the log why", async () => {
    const url = await serve(async () => {
      throw new TokenRateLimitedError("Come back after 7 seconds.", 7);
    });
    const response = await fetch(url);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
    expect(await response.text()).not.toContain("7 seconds");
    expect(logged).toEqual(["token-rate-limited: Come back after 7 seconds."]);
  });

  test("leaves other errors to others", async () => {
    const url = await serve(async () => {
      throw new TypeError("fetch failed");
    });
    expect((await fetch(url)).status).toBe(500);
    expect(logged).toEqual([]);
  });
});

describe("the vendor's SDK", () => {
  const open = async () => {
    const world = await openWorld();
    const client = platformClient.ApiClient.instance;
    client.config.live_reload_config = false;
    const { hostname, port } = new URL(world.url);
    client.setGateway({ host: hostname, protocol: "http", port: Number(port) });
    const call = rotatedCalls(accessTokens(world.options), client);
    return { ...world, call, queues: () => new platformClient.RoutingApi().getRoutingQueues() };
  };

  test("calls before and after a rotation that kills", async () => {
    const { call, queues, world, rotateAndKill } = await open();
    world.addQueue({ name: "Sales" });
    expect((await call(queues)).entities).toMatchObject([{ name: "Sales" }]);
    rotateAndKill();
    expect((await call(queues)).entities).toMatchObject([{ name: "Sales" }]);
  });

  test("rejects as ever with what is no refused token", async () => {
    const { call, calls } = await open();
    await expect(call(() => new platformClient.RoutingApi().getRoutingQueue("none"))).rejects.toMatchObject({
      status: 404,
    });
    expect(calls.count("GET /api/v2/routing/queues/{queueId}")).toBe(1);
  });
});
