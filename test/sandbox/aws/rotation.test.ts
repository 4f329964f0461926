import { assumed, sources, verified } from "./marks.ts";
import { awsWorld, day, failure, hour, rotationFunction, stagesOf, startRotation as start } from "./world.ts";

const minute = 60_000;

verified(
  sources.rotation,
  "the function is called with four steps in order, the secret's ARN and the token",
  async () => {
    const world = awsWorld();
    const { arn } = world.secret();
    const calls = rotationFunction(world);
    const token = start(world, "rotated/one");
    await world.aws.runDue();
    expect(calls).toEqual(
      ["createSecret", "setSecret", "testSecret", "finishSecret"].map((Step) => ({
        Step,
        SecretId: arn,
        ClientRequestToken: token,
      })),
    );
  },
);

verified(sources.recordings, "AWSPENDING stays on the version that has become current", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  rotationFunction(world);
  const token = start(world, arn);
  await world.aws.runDue();
  expect(stagesOf(world, arn)).toEqual({ [token]: ["AWSCURRENT", "AWSPENDING"], [version]: ["AWSPREVIOUS"] });
  expect(world.rotations.map(({ kind }) => kind)).toEqual(["RotationStarted", "RotationSucceeded"]);
});

verified(sources.rotation, "RotateSecret answers before the function is called", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  const calls = rotationFunction(world);
  const token = start(world, arn);
  expect(calls).toEqual([]);
  expect(stagesOf(world, arn)).toEqual({ [version]: ["AWSCURRENT"], [token]: ["AWSPENDING"] });
  expect(
    failure(() => world.secretsManager.getSecretValue({ SecretId: arn, VersionStage: "AWSPENDING" })),
  ).toEqual({
    name: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  });
});

verified(sources.secrets, "while another version is pending a rotation is refused", async () => {
  const world = awsWorld();
  const { arn } = world.secret();
  const token = start(world, arn);
  const again = (ClientRequestToken: string) => () =>
    world.secretsManager.rotateSecret({ SecretId: arn, ClientRequestToken });
  expect(failure(again(world.newId()))).toEqual({
    name: "InvalidRequestException",
    message: "A previous rotation isn't complete. That rotation will be reattempted.",
  });
  expect(again(token)()).toMatchObject({ VersionId: token });
});

assumed("a failed rotation starts anew with the same token after its pause", async () => {
  const world = awsWorld({ rotationPauses: [minute, 5 * minute] });
  const { arn } = world.secret();
  const calls = rotationFunction(world, (step, call) => step === "testSecret" && call < 4);
  const token = start(world, arn);
  await world.aws.runDue();
  expect(calls.map(({ Step }) => Step)).toEqual(["createSecret", "setSecret", "testSecret"]);
  await world.pass(minute - 1);
  expect(calls).toHaveLength(3);
  await world.pass(1);
  expect(calls.slice(3).map(({ Step }) => Step)).toEqual([
    "createSecret",
    "setSecret",
    "testSecret",
    "finishSecret",
  ]);
  expect(new Set(calls.map(({ ClientRequestToken }) => ClientRequestToken))).toEqual(new Set([token]));
  expect(stagesOf(world, arn)?.[token]).toContain("AWSCURRENT");
});

assumed(
  "a rotation that failed to the last is tried again in the next window, with the same token",
  async () => {
    const world = awsWorld({ rotationPauses: [minute] });
    const { arn } = world.secret();
    let broken = true;
    const calls = rotationFunction(world, () => broken);
    const token = start(world, arn);
    await world.pass(hour);
    expect(calls).toHaveLength(2);
    broken = false;
    // 10:30, so the windows of four hours begin at 12:00.
    await world.passTo(Date.parse("2026-11-21T12:00:00Z") - 1);
    expect(calls).toHaveLength(2);
    await world.pass(1);
    expect(stagesOf(world, arn)?.[token]).toContain("AWSCURRENT");
  },
);

assumed("a rotation whose label was taken off gets a new token in the next window", async () => {
  const world = awsWorld({ rotationPauses: [] });
  const { arn } = world.secret();
  let broken = true;
  const calls = rotationFunction(world, () => broken);
  const token = start(world, arn);
  await world.aws.runDue();
  world.secretsManager.updateSecretVersionStage({
    SecretId: arn,
    VersionStage: "AWSPENDING",
    RemoveFromVersionId: token,
  });
  broken = false;
  await world.passTo(Date.parse("2026-11-21T12:00:00Z"));
  expect(calls.at(-1)?.ClientRequestToken).not.toBe(token);
  expect(world.rotations.at(-1)?.kind).toBe("RotationSucceeded");
});

assumed("a finishSecret that leaves AWSCURRENT where it was has failed", async () => {
  const world = awsWorld({ rotationPauses: [] });
  const { arn } = world.secret();
  world.host(async () => undefined);
  start(world, arn);
  await world.aws.runDue();
  expect(world.rotations.at(-1)).toMatchObject({ kind: "RotationFailed", secretArn: arn });
});

verified(
  sources.secrets,
  "without rotating at once the configuration is tested, and the label taken off again",
  async () => {
    const world = awsWorld();
    const { arn, version } = world.secret();
    const calls = rotationFunction(world);
    start(world, arn, undefined, { RotateImmediately: false });
    await world.aws.runDue();
    expect(calls.map(({ Step }) => Step)).toEqual(["testSecret"]);
    expect(stagesOf(world, arn)).toEqual({ [version]: ["AWSCURRENT"] });
    await world.passTo(Date.parse("2026-11-21T12:00:00Z"));
    expect(world.rotations.at(-1)?.kind).toBe("RotationSucceeded");
  },
);

verified(sources.secrets, "a cancelled rotation ends, and leaves its labels", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  const calls = rotationFunction(world, (step) => step === "setSecret");
  const token = start(world, arn);
  await world.aws.runDue();
  world.secretsManager.cancelRotateSecret({ SecretId: arn });
  await world.pass(30 * day);
  expect(calls).toHaveLength(2);
  expect(stagesOf(world, arn)).toEqual({ [version]: ["AWSCURRENT"], [token]: ["AWSPENDING"] });
  expect(world.secretsManager.describeSecret({ SecretId: arn })).toMatchObject({
    RotationEnabled: false,
    RotationRules: { ScheduleExpression: "rate(4 hours)" },
  });
});

test("a secret that is scheduled for deletion is not rotated until it is restored", async () => {
  const world = awsWorld();
  const { arn } = world.secret();
  rotationFunction(world);
  start(world, arn);
  await world.aws.runDue();
  world.secretsManager.deleteSecret({ SecretId: arn, RecoveryWindowInDays: 7 });
  await world.pass(3 * day);
  expect(world.rotations).toHaveLength(2);
  world.secretsManager.restoreSecret({ SecretId: arn });
  await world.pass(4 * hour);
  expect(world.rotations).toHaveLength(4);
});

test("a function that deletes its secret is not called again for it", async () => {
  const world = awsWorld();
  const { arn } = world.secret();
  const calls: unknown[] = [];
  world.host(async (_arn, event) => {
    calls.push(event);
    world.secretsManager.deleteSecret({ SecretId: arn });
    throw new Error("gone");
  });
  start(world, arn);
  await world.pass(10 * day);
  expect(calls).toHaveLength(1);
});

test("a secret that no function rotates is refused", () => {
  const world = awsWorld();
  const { arn } = world.secret();
  const rotate = () =>
    world.secretsManager.rotateSecret({ SecretId: arn, ClientRequestToken: world.newId() });
  expect(failure(rotate).name).toBe("InvalidRequestException");
});

test("a token of an earlier rotation starts none", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  rotationFunction(world);
  start(world, arn);
  await world.aws.runDue();
  const again = () => world.secretsManager.rotateSecret({ SecretId: arn, ClientRequestToken: version });
  expect(failure(again).name).toBe("ResourceExistsException");
});
