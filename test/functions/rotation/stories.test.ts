import { readMarker } from "../../../core/marker.ts";
import { parseSecretValue } from "../../../core/rotation/secret-value.ts";
import { drainInputs, drainSeconds } from "../../../core/rotation/timing.ts";
import type { MemoryAwsOptions } from "../../../sandbox/aws/memory.ts";
import type { RotationEvent } from "../../../sandbox/aws/secrets-manager/index.ts";
import { type RuntimeOptions, VirtualClock } from "../../../sandbox/runtime/index.ts";
import { createConsumer } from "./consumers.ts";
import { type DeclaredCredential, deployOrganisation, type Organisation } from "./organisation.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const declared = (id: string, more: Partial<DeclaredCredential> = {}): DeclaredCredential => ({
  id,
  intervalHours: 24,
  accessTokenValiditySeconds: 3600,
  secretCacheSeconds: 900,
  ...more,
});

interface Story extends Organisation {
  rotations: RotationEvent[];
}

const begin = (
  credentials: readonly [DeclaredCredential, ...DeclaredCredential[]],
  {
    aws,
    runtime,
    seed = 7,
  }: { aws?: Partial<MemoryAwsOptions>; runtime?: Partial<RuntimeOptions>; seed?: number } = {},
): Story => {
  const rotations: RotationEvent[] = [];
  const organisation = deployOrganisation({
    clock: new VirtualClock({ seed }),
    credentials,
    aws: { onRotation: (event) => rotations.push(event), ...aws },
    runtime: { mishaps: { latencyMilliseconds: () => 50 }, ...runtime },
  });
  return { ...organisation, rotations };
};

const currentOf = ({ aws, secretArnOf }: Story, id: string): string => {
  const { SecretString = "" } = aws.secretsManager.getSecretValue({ SecretId: secretArnOf(id) });
  return parseSecretValue(SecretString)?.clientId ?? "";
};

/** Ids of the credential's clients that the platform has, oldest first. */
const livingOf = ({ genesys, ownerOf }: Story, id: string): string[] => {
  genesys.world.settle();
  return genesys.world.clients
    .all()
    .filter(({ description }) => readMarker(description)?.prefix === ownerOf(id))
    .map((client) => client.id);
};

const failuresIn = ({ rotations }: Story): string[] =>
  rotations.flatMap(({ kind, error }) => (kind === "RotationFailed" ? [String(error)] : []));

const successesOf = ({ rotations, secretArnOf }: Story, id: string): number =>
  rotations.filter(({ kind, secretArn }) => kind === "RotationSucceeded" && secretArn === secretArnOf(id))
    .length;

test("master and deploy key replace themselves for weeks, and the master goes on replacing the others", async () => {
  const story = begin([
    declared("master", { secretCacheSeconds: 0 }),
    declared("deploy", { actor: "self", intervalHours: 168 }),
    declared("crm"),
  ]);
  const first = ["master", "deploy", "crm"].map((id) => currentOf(story, id));
  await story.clock.advanceBy(28 * day + 12 * hour);
  expect(failuresIn(story)).toEqual([]);
  expect(["master", "deploy", "crm"].map((id) => successesOf(story, id))).toEqual([28, 4, 28]);
  for (const [index, id] of ["master", "deploy", "crm"].entries()) {
    expect(story.genesys.world.clients.has(first[index] ?? "")).toBe(false);
    expect(livingOf(story, id)).toEqual([currentOf(story, id)]);
  }
  // Who made the last ones: each self-rotating credential its own predecessor, the master the rest.
  const madeBy = (id: string) => {
    const maker = story.genesys.world.clients.get(currentOf(story, id))?.createdBy ?? "";
    return (
      story.genesys.world.deletedClients.get(maker)?.name ?? story.genesys.world.clients.get(maker)?.name
    );
  };
  expect(["master", "deploy", "crm"].map(madeBy)).toEqual(["master", "deploy", "master"]);
  expect(story.runtime.deadLetters).toEqual([]);
});

const consumerOf = (story: Story, kind: "kit" | "plain") =>
  createConsumer({
    kind,
    clock: story.clock,
    skewMilliseconds: 0,
    aws: story.aws,
    genesys: story.genesys,
    secretArn: story.secretArnOf("crm"),
    secretCacheSeconds: 900,
    random: story.clock.random,
    longestLatencyMilliseconds: 0,
  });

describe("an emergency", () => {
  const send = ({ aws }: Story, contain: boolean, id = "leak-1") =>
    aws.emergencyQueue.send({
      body: JSON.stringify({ credentialId: "crm", reason: "found in a public repository", contain }),
      groupId: "crm",
      deduplicationId: id,
    });
  const start = async (): Promise<Story> => {
    const story = begin([
      declared("master", { secretCacheSeconds: 0 }),
      declared("crm", { intervalHours: 720 }),
    ]);
    await story.clock.advanceBy(3 * day);
    return story;
  };

  test("with containment ends the old client within minutes; the kit's users recover by their one retry", async () => {
    const story = await start();
    const old = currentOf(story, "crm");
    const [kit, plain] = [consumerOf(story, "kit"), consumerOf(story, "plain")];
    expect([await kit.call(), await plain.call()]).toEqual([undefined, undefined]);
    send(story, true);
    await story.clock.advanceBy(10 * minute);
    expect(currentOf(story, "crm")).not.toBe(old);
    expect(story.genesys.world.clients.has(old)).toBe(false);
    story.genesys.switches.deletedClientKeepsTokens = false;
    expect(await kit.call()).toBeUndefined();
    expect(await plain.call()).toBe("HTTP 401");
  });

  test("without containment leaves the old client its time", async () => {
    const story = await start();
    const old = currentOf(story, "crm");
    const plain = consumerOf(story, "plain");
    await plain.call();
    send(story, false);
    await story.clock.advanceBy(14 * minute);
    expect(currentOf(story, "crm")).not.toBe(old);
    expect(await plain.call()).toBeUndefined();
    await story.clock.advanceBy(50 * minute);
    expect(await plain.call()).toBeUndefined();
    await story.clock.advanceBy(3 * hour);
    expect(livingOf(story, "crm")).toEqual([currentOf(story, "crm")]);
  });

  test("that is told twice is one rotation", async () => {
    const story = await start();
    send(story, true);
    await story.clock.advanceBy(1_000);
    send(story, true);
    await story.clock.advanceBy(hour);
    expect(successesOf(story, "crm")).toBe(1);
    expect(story.aws.emergencyDeadLetters.messages).toEqual([]);
  });
});

describe("three weeks of retirements", () => {
  const three = 21 * day;
  /** Counted at every change of the organisation: the most clients that the credential had at once. */
  const weeks = async (fate: MemoryAwsOptions["fate"], scheduleSeconds: number | "never" = 3600) => {
    const story = begin(
      [declared("master", { secretCacheSeconds: 0 }), declared("crm", { intervalHours: 12 })],
      {
        ...(fate === undefined ? {} : { aws: { fate } }),
        runtime: { scheduleSeconds },
      },
    );
    let most = 0;
    story.genesys.world.clients.onChange(() => {
      most = Math.max(most, livingOf(story, "crm").length);
    });
    await story.clock.advanceBy(three + 8 * hour);
    return { story, most, left: livingOf(story, "crm"), current: currentOf(story, "crm") };
  };

  test.each<[string, MemoryAwsOptions["fate"]]>([
    ["delivered in time", undefined],
    ["all lost: reconcile is the third cleaner", () => ({ kind: "lost" })],
    ["all delivered three times", () => ({ kind: "delivered", lateMilliseconds: 5_000, copies: 3 })],
    ["all three days late", () => ({ kind: "delivered", lateMilliseconds: 3 * day })],
  ])("%s", async (_case, fate) => {
    const { story, most, left, current } = await weeks(fate);
    expect(failuresIn(story)).toEqual([]);
    expect(successesOf(story, "crm")).toBeGreaterThanOrEqual(41);
    expect(left).toEqual([current]);
    const [, crm] = story.declarations.credentials;
    if (crm === undefined) throw new Error("no credential");
    const drain = drainSeconds(drainInputs(crm, story.declarations.settings));
    expect(most).toBeLessThanOrEqual(2 + Math.ceil(drain / crm.intervalSeconds));
    expect(story.runtime.deadLetters).toEqual([]);
  });

  test("when nothing runs any more, the platform deletes by itself what was set inactive", async () => {
    const story = begin([declared("master", { secretCacheSeconds: 0 }), declared("crm")], {
      runtime: { scheduleSeconds: "never" },
    });
    const old = currentOf(story, "crm");
    const stateOf = () => story.genesys.world.clients.get(old)?.state;
    while (stateOf() === "active") await story.clock.advanceBy(minute);
    expect(stateOf()).toBe("inactive");
    story.aws.host(async () => {
      throw new Error("the functions are gone");
    });
    await story.clock.advanceBy(3 * hour);
    expect(livingOf(story, "crm")).not.toContain(old);
  });
});

test("fifty credentials that are due in the same hour share five functions at a time", async () => {
  const story = begin([
    declared("master", { secretCacheSeconds: 0 }),
    ...Array.from({ length: 49 }, (_, index) => declared(`integration-${index}`)),
  ]);
  await story.clock.advanceBy(2 * day - hour);
  const rotated = story.declarations.credentials.filter(({ id }) => successesOf(story, id) > 0);
  expect(rotated).toHaveLength(50);
  expect(story.genesys.world.clients.size).toBeGreaterThan(50);
});
