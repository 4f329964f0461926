import { Secret } from "../../../apis/http/secret.ts";
import { PortError } from "../../../functions/ports.ts";
import { Agenda } from "../../../sandbox/aws/agenda.ts";
import type { PortCall } from "../../../sandbox/aws/ports/caller.ts";
import { awsWorld } from "./world.ts";

const value = new Secret("two");

test("hooks see every call in order, and may stop it before or after it took effect", async () => {
  const world = awsWorld();
  const { arn } = world.secret();
  const seen: string[] = [];
  let before: ((call: PortCall) => void) | undefined;
  let after: ((call: PortCall) => void) | undefined;
  const ports = world.portsFor("unrestricted", {
    before: (call) => {
      seen.push(`${call.number} ${call.port}.${call.operation}`);
      before?.(call);
    },
    after: (call) => after?.(call),
  });
  const put = () =>
    ports.secrets
      .put(arn, { versionId: "0".repeat(32), value, stages: ["AWSPENDING"] })
      .catch((error) => error);
  const stored = async () => (await ports.secrets.value(arn, { stage: "AWSPENDING" }))?.reveal();

  before = ({ operation }) => {
    if (operation === "put") throw new PortError("unavailable", "not sent");
  };
  expect(await put()).toMatchObject({ code: "unavailable" });
  expect(await stored()).toBeUndefined();

  before = undefined;
  after = ({ operation }) => {
    if (operation === "put") throw new PortError("ambiguous", "no answer");
  };
  expect(await put()).toMatchObject({ code: "ambiguous" });
  expect(await stored()).toBe("two");
  expect(seen).toEqual(["0 secrets.put", "1 secrets.value", "2 secrets.put", "3 secrets.value"]);
});

test("hooks of the world come before those of a caller", async () => {
  const order: string[] = [];
  const world = awsWorld({ hooks: { before: () => void order.push("world") } });
  await world.portsFor("unrestricted", { before: () => void order.push("caller") }).ledger.read("x");
  expect(order).toEqual(["world", "caller"]);
});

test("a caller's rights are judged by action, resource and key", async () => {
  const world = awsWorld();
  const [{ arn: one }, { arn: two }] = [world.secret("rotated/one"), world.secret("rotated/two")];
  const ports = world.portsFor({
    Statement: [
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [one, two] },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: world.secretsKey,
        Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": one } },
      },
    ],
  });
  expect((await ports.secrets.value(one, { stage: "AWSCURRENT" }))?.reveal()).toBe("first");
  const other = ports.secrets.value(two, { stage: "AWSCURRENT" });
  await expect(other).rejects.toMatchObject({ code: "denied" });
  await expect(ports.secrets.value("rotated/none", { stage: "AWSCURRENT" })).rejects.toMatchObject({
    code: "denied",
  });
  expect([...ports.exercised]).toEqual(["secretsmanager:GetSecretValue", "kms:Decrypt"]);
});

test("a secret under the account's own key needs no right to a key", async () => {
  const world = awsWorld();
  const { ARN = "" } = world.secretsManager.createSecret({
    Name: "rotated/plain",
    ClientRequestToken: world.newId(),
    SecretString: "plain",
  });
  const ports = world.portsFor({
    Statement: { Effect: "Allow", Action: "secretsmanager:*", Resource: world.arns.rotatedSecrets },
  });
  expect((await ports.secrets.value(ARN, { stage: "AWSCURRENT" }))?.reveal()).toBe("plain");
});

test("a lease ends by the clock of those who ask for it", async () => {
  const world = awsWorld();
  const at = (offset: number) => ({ now: () => world.now() + offset, sleep: async () => {} });
  const slow = world.portsFor("unrestricted", { clock: at(-60_000) }).ledger;
  const fast = world.portsFor("unrestricted", { clock: at(60_000) }).ledger;
  expect(await slow.acquire("x", "slow", 60)).toMatchObject({ fence: 1 });
  expect(await fast.acquire("x", "fast", 60)).toMatchObject({ fence: 2 });
});

test("metrics and log lines are kept, the last ones at least", () => {
  const { portsFor } = awsWorld();
  const { log, metrics } = portsFor("unrestricted", { keep: 10 });
  for (let number = 0; number < 1005; number += 1) {
    log.info("line", { number });
    metrics.emit("Number", number, "Count");
  }
  expect(log.lines.length).toBeLessThan(20);
  expect(log.lines.at(-1)).toEqual({ level: "info", message: "line", fields: { number: 1004 } });
  expect(metrics.emitted.at(-10)?.value).toBe(995);
});

test("an agenda runs what is due in the order of its times, then of its noting", async () => {
  const agenda = new Agenda();
  const ran: number[] = [];
  const times = [5, 3, 9, 3, 1, 8, 5, 2, 7, 3];
  for (const [index, time] of times.entries()) agenda.at(time, () => void ran.push(time * 100 + index));
  const callOff = agenda.at(4, () => void ran.push(-1));
  callOff();
  agenda.at(5, () => void agenda.at(5, () => void ran.push(0)));
  expect(agenda.next()).toBe(1);
  await agenda.runDue(() => 5);
  expect(ran).toEqual([104, 207, 301, 303, 309, 500, 506, 0]);
  await agenda.runDue(() => 100);
  expect(ran.slice(8)).toEqual([708, 805, 902]);
  expect(agenda.next()).toBeUndefined();
});
