import { randomUUID } from "node:crypto";
import { Secret } from "../../../apis/http/secret.ts";
import type { PortError, RotatorPorts } from "../../../functions/ports.ts";
import { createMemoryAws } from "../../../sandbox/aws/memory.ts";
import { createGenesys } from "../../../sandbox/genesys/index.ts";
import {
  createRuntime,
  type HostedFunction,
  type InvocationRecord,
  type RuntimeOptions,
  VirtualClock,
} from "../../../sandbox/runtime/index.ts";

type Work = (ports: RotatorPorts, event: unknown) => Promise<unknown>;

const hosted = (
  name: string,
  trigger: HostedFunction["definition"]["trigger"],
  work: Work,
): HostedFunction => ({
  definition: {
    name,
    trigger,
    ports: ["secretReader", "ledger", "scheduler", "emergencies"],
    timeoutSeconds: 60,
    reservedConcurrency: 2,
  },
  create: (ports) => (event) => work(ports, event),
});

const start = (functions: readonly HostedFunction[], options: Partial<RuntimeOptions> = {}) => {
  const clock = new VirtualClock();
  const aws = createMemoryAws({ clock, timers: clock, newId: randomUUID });
  const genesys = createGenesys({ clock: clock.now });
  const ended: InvocationRecord[] = [];
  const runtime = createRuntime({
    clock,
    aws,
    genesys,
    functions,
    onInvocation: (record) => ended.push(record),
    ...options,
  });
  const credential = {
    clientId: genesys.credentials.clientId,
    clientSecret: new Secret(genesys.credentials.clientSecret),
  };
  const endings = () => ended.map(({ name, ending }) => `${name} ${ending}`);
  return { clock, aws, genesys, runtime, credential, ended, endings };
};

test("Secrets Manager calls the function with its four steps and waits for each", async () => {
  const steps: unknown[] = [];
  const world = start([
    hosted("rotate", "secretsManager", async ({ clock }, event) => {
      steps.push((event as { Step: string }).Step);
      await clock.sleep(1_000);
    }),
  ]);
  const SecretId = world.aws.createRotatedSecret("rotated/crm", {
    ClientRequestToken: randomUUID(),
    SecretString: "{}",
  });
  world.aws.secretsManager.rotateSecret({
    SecretId,
    ClientRequestToken: randomUUID(),
    RotationLambdaARN: world.aws.functionArns.rotate,
  });
  await world.clock.advanceBy(10_000);
  expect(steps).toEqual(["createSecret", "setSecret", "testSecret", "finishSecret"]);
  expect(world.ended.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual([1000, 1000, 1000, 1000]);
});

test("a one-shot that a function schedules calls the function at its time", async () => {
  const events: [unknown, number][] = [];
  const world = start(
    [
      hosted("reconcile", "schedule", async ({ scheduler, clock }) => {
        await scheduler.at("later", clock.now() + 3600_000, { credentialId: "crm" });
      }),
      hosted("retire", "scheduler", async ({ clock }, event) => {
        events.push([event, clock.now()]);
      }),
    ],
    { scheduleSeconds: "never" },
  );
  const began = world.clock.now();
  world.runtime.invokeLater("reconcile", {});
  await world.clock.advanceBy(2 * 3600_000);
  expect(events).toEqual([[{ credentialId: "crm" }, began + 3600_000]]);
});

test("a message that a function sends reaches the queue's function", async () => {
  const bodies: unknown[] = [];
  const world = start([
    hosted("reconcile", "schedule", async ({ emergencies }) => {
      await emergencies.send({ group: "crm", deduplicationId: "1", body: { credentialId: "crm" } });
    }),
    hosted("emergency", "emergencyQueue", async (_ports, event) => {
      bodies.push(...(event as { Records: { body: string }[] }).Records.map(({ body }) => JSON.parse(body)));
    }),
  ]);
  await world.clock.advanceBy(3600_000);
  expect(bodies).toEqual([{ credentialId: "crm" }]);
  expect(world.aws.emergencyQueue.messages).toEqual([]);
});

test("the function on a schedule comes once in every period", async () => {
  const world = start([hosted("reconcile", "schedule", async () => undefined)]);
  await world.clock.advanceBy(24 * 3600_000);
  expect(world.endings()).toEqual(Array(24).fill("reconcile returned"));
});

test("a function may do what its adapters ask for, and nothing else", async () => {
  const world = start(
    [
      hosted("reconcile", "schedule", async ({ secrets, trigger }, event) => {
        const arn = String(event);
        const described = await secrets.describe(arn);
        const refused = await trigger.rotateNow(arn, randomUUID()).catch((error: PortError) => error.code);
        return { name: described.name, refused };
      }),
    ],
    { scheduleSeconds: "never" },
  );
  const arn = world.aws.createRotatedSecret("rotated/crm");
  expect(await world.runtime.invoke("reconcile", arn)).toEqual({ name: "rotated/crm", refused: "denied" });
});

describe("a mishap", () => {
  const makesClient: Work = async ({ platform, ledger, clock, newHolder }, event) => {
    const { credential, body } = event as never as { credential: [string, string]; body: never };
    const lease = await ledger.acquire("credential#crm", newHolder(), 30);
    const api = platform.as({ clientId: credential[0], clientSecret: new Secret(credential[1]) });
    await api.oauthClients.create(body);
    if (lease !== undefined) await ledger.write(lease, { at: clock.now() });
    return "done";
  };
  const play = async (mishaps: NonNullable<RuntimeOptions["mishaps"]>) => {
    const world = start([hosted("reconcile", "schedule", makesClient)], {
      scheduleSeconds: "never",
      mishaps,
    });
    const employee = world.genesys.world.roleNamed("employee")?.id ?? "";
    const event = {
      credential: [world.genesys.credentials.clientId, world.genesys.credentials.clientSecret],
      body: {
        name: "made",
        authorizedGrantType: "CLIENT-CREDENTIALS",
        roleDivisions: [{ roleId: employee, divisionId: "*" }],
      },
    };
    const ended = world.runtime.invoke("reconcile", event).then(
      () => "returned",
      (error: Error) => error.message,
    );
    await world.clock.advanceBy(3600_000);
    const made = world.genesys.world.clients.all().filter(({ name }) => name === "made").length;
    const written = world.aws.ledgerTable.get("credential#crm")?.record !== undefined;
    return { ended: await ended, made, written };
  };
  const at =
    (operation: string, kind: "crashBefore" | "crashAfter" | "failBefore" | "failAfter") =>
    (call: { operation: string }) =>
      call.operation === operation ? { kind } : undefined;
  const create = "POST /api/v2/oauth/clients";

  test("none: the work is done", async () => {
    expect(await play({})).toEqual({ ended: "returned", made: 1, written: true });
  });

  test.each([
    ["crashBefore", create, { ended: "reconcile crashed", made: 0, written: false }],
    ["crashAfter", create, { ended: "reconcile crashed", made: 1, written: false }],
    ["crashBefore", "write", { ended: "reconcile crashed", made: 1, written: false }],
    ["crashAfter", "write", { ended: "reconcile crashed", made: 1, written: true }],
  ] as const)(
    "%s at %s: what came before has happened, what comes after has not",
    async (kind, operation, told) => {
      expect(await play({ mishap: at(operation, kind) })).toEqual(told);
    },
  );

  test.each([
    ["failBefore", create, 0, false],
    ["failAfter", create, 1, false],
    ["failBefore", "write", 1, false],
    ["failAfter", "write", 1, true],
  ] as const)("%s at %s: the function is told, and lives", async (kind, operation, made, written) => {
    const told = await play({ mishap: at(operation, kind) });
    expect(told).toMatchObject({ made, written });
    expect(told.ended).not.toMatch(/crashed|returned/);
  });

  test("a function that hangs is timed out, and its late call has no effect", async () => {
    const latencyMilliseconds = ({ operation }: { operation: string }) =>
      operation === create ? 120_000 : 0;
    expect(await play({ latencyMilliseconds })).toEqual({
      ended: "reconcile timed out",
      made: 0,
      written: false,
    });
  });

  test("a status is the platform's answer, with its Retry-After", async () => {
    let left = 1;
    const mishap: NonNullable<RuntimeOptions["mishaps"]>["mishap"] = ({ operation }) =>
      operation === create && left-- > 0 ? { kind: "status", status: 429, retryAfterSeconds: 5 } : undefined;
    expect(await play({ mishap })).toEqual({ ended: "returned", made: 1, written: true });
  });
});
