import { assumed, sources, verified } from "./marks.ts";
import { awsWorld, day, failure, hour } from "./world.ts";

const put = (
  world: ReturnType<typeof awsWorld>,
  SecretId: string,
  text: string,
  VersionStages?: string[],
) => {
  const ClientRequestToken = world.newId();
  world.secretsManager.putSecretValue({ SecretId, ClientRequestToken, SecretString: text, VersionStages });
  return ClientRequestToken;
};

verified(
  sources.recordings,
  "an ARN ends with six characters, and a secret without a value has no versions",
  async () => {
    const { secretsManager } = awsWorld();
    const { ARN, VersionId } = secretsManager.createSecret({ Name: "empty" });
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:empty-[0-9a-f]{6}$/);
    expect(VersionId).toBeUndefined();
    const described = secretsManager.describeSecret({ SecretId: "empty" });
    expect(described.VersionIdsToStages).toBeUndefined();
    expect(described.RotationEnabled).toBeUndefined();
  },
);

verified(
  sources.recordings,
  "a name is taken while a secret has it, and while one is being deleted",
  async () => {
    const { secretsManager } = awsWorld();
    const create = () => secretsManager.createSecret({ Name: "x" });
    create();
    expect(failure(create)).toEqual({
      name: "ResourceExistsException",
      message: "The operation failed because the secret x already exists.",
    });
    secretsManager.deleteSecret({ SecretId: "x" });
    expect(failure(create)).toEqual({
      name: "InvalidRequestException",
      message:
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });
  },
);

verified(
  sources.secrets,
  "a secret is gone at the end of its recovery window, and its name is free",
  async () => {
    const { secretsManager, pass } = awsWorld();
    secretsManager.createSecret({ Name: "x" });
    const { DeletionDate } = secretsManager.deleteSecret({ SecretId: "x", RecoveryWindowInDays: 7 });
    expect(DeletionDate).toEqual(new Date("2026-11-28T10:30:00Z"));
    await pass(7 * day - 1);
    expect(secretsManager.describeSecret({ SecretId: "x" }).DeletedDate).toEqual(
      new Date("2026-11-21T10:30:00Z"),
    );
    await pass(1);
    expect(failure(() => secretsManager.describeSecret({ SecretId: "x" }))).toEqual({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    expect(secretsManager.createSecret({ Name: "x" }).Name).toBe("x");
  },
);

verified(sources.secrets, "a restored secret is not deleted when the window would have ended", async () => {
  const { secretsManager, pass } = awsWorld();
  secretsManager.createSecret({ Name: "x" });
  secretsManager.deleteSecret({ SecretId: "x", RecoveryWindowInDays: 7 });
  await pass(6 * day);
  secretsManager.restoreSecret({ SecretId: "x" });
  secretsManager.deleteSecret({ SecretId: "x", RecoveryWindowInDays: 8 });
  await pass(2 * day);
  expect(secretsManager.describeSecret({ SecretId: "x" }).DeletedDate).toBeDefined();
  secretsManager.restoreSecret({ SecretId: "x" });
  await pass(30 * day);
  expect(secretsManager.describeSecret({ SecretId: "x" }).DeletedDate).toBeUndefined();
});

test.each([
  ["6 days", { RecoveryWindowInDays: 6 }],
  ["31 days", { RecoveryWindowInDays: 31 }],
  ["days and none at once", { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
])("a recovery window of %s is refused", (_case, more) => {
  const { secretsManager } = awsWorld();
  secretsManager.createSecret({ Name: "x" });
  expect(failure(() => secretsManager.deleteSecret({ SecretId: "x", ...more })).name).toBe(
    "InvalidParameterException",
  );
  expect(secretsManager.describeSecret({ SecretId: "x" }).DeletedDate).toBeUndefined();
});

test("a deletion without recovery frees the name at once", () => {
  const { secretsManager } = awsWorld();
  secretsManager.createSecret({ Name: "x" });
  secretsManager.deleteSecret({ SecretId: "x", ForceDeleteWithoutRecovery: true });
  expect(secretsManager.createSecret({ Name: "x" }).Name).toBe("x");
});

verified(sources.recordings, "other labels stay where they are when AWSCURRENT moves", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  const second = put(world, arn, "second", ["AWSCURRENT", "PUT0"]);
  const third = put(world, arn, "third", ["AWSPENDING", "PUT1"]);
  const move = { SecretId: arn, VersionStage: "AWSCURRENT" };
  const { secretsManager } = world;
  secretsManager.updateSecretVersionStage({ ...move, MoveToVersionId: third, RemoveFromVersionId: second });
  expect(secretsManager.describeSecret({ SecretId: arn }).VersionIdsToStages).toEqual({
    [second]: ["AWSPREVIOUS", "PUT0"],
    [third]: ["AWSCURRENT", "AWSPENDING", "PUT1"],
  });
  const all = secretsManager.listSecretVersionIds({ SecretId: arn, IncludeDeprecated: true }).Versions;
  expect(all?.map(({ VersionId }) => VersionId)).toEqual([version, second, third]);
});

verified(
  sources.limits,
  "versions without a label are pruned at 100, but none younger than a day",
  async () => {
    const world = awsWorld();
    const { arn } = world.secret();
    const count = () =>
      world.secretsManager.listSecretVersionIds({ SecretId: arn, IncludeDeprecated: true }).Versions?.length;
    for (let number = 0; number < 99; number += 1) put(world, arn, `value ${number}`);
    expect(count()).toBe(100);
    expect(failure(() => put(world, arn, "one more")).name).toBe("LimitExceededException");
    await world.pass(day);
    const kept = put(world, arn, "kept", ["KEPT"]);
    for (let number = 0; number < 150; number += 1) {
      put(world, arn, `later ${number}`);
      await world.pass(hour);
    }
    expect(count()).toBeLessThanOrEqual(100);
    expect(world.secretsManager.getSecretValue({ SecretId: arn, VersionId: kept }).SecretString).toBe("kept");
  },
);

test.each([
  ["no token", { ClientRequestToken: undefined }, "InvalidRequestException"],
  ["a short token", { ClientRequestToken: "short" }, "InvalidParameterException"],
  ["no value", { SecretString: undefined }, "InvalidRequestException"],
  ["an empty value", { SecretString: "" }, "InvalidParameterException"],
  ["a value of more than 64 KiB", { SecretString: "x".repeat(65_537) }, "InvalidParameterException"],
  ["no labels", { VersionStages: [] }, "InvalidParameterException"],
  [
    "21 labels",
    { VersionStages: Array.from({ length: 21 }, (_, n) => `L${n}`) },
    "InvalidParameterException",
  ],
])("a value with %s is refused, and nothing stored", (_case, change, name) => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  const request = { SecretId: arn, ClientRequestToken: world.newId(), SecretString: "x", ...change };
  expect(failure(() => world.secretsManager.putSecretValue(request)).name).toBe(name);
  const { Versions } = world.secretsManager.listSecretVersionIds({ SecretId: arn, IncludeDeprecated: true });
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([version]);
});

verified(sources.secrets, "AWSCURRENT is never taken off altogether", async () => {
  const { secretsManager, secret } = awsWorld();
  const { arn, version } = secret();
  const remove = () =>
    secretsManager.updateSecretVersionStage({
      SecretId: arn,
      VersionStage: "AWSCURRENT",
      RemoveFromVersionId: version,
    });
  expect(failure(remove).name).toBe("InvalidParameterException");
  expect(secretsManager.getSecretValue({ SecretId: arn }).SecretString).toBe("first");
});

test.each([
  ["neither version", {}],
  ["an empty label", { VersionStage: "", MoveToVersionId: "x" }],
])("a move with %s is refused", (_case, change) => {
  const { secretsManager, secret } = awsWorld();
  const { arn } = secret();
  const move = () =>
    secretsManager.updateSecretVersionStage({ SecretId: arn, VersionStage: "AWSCURRENT", ...change });
  expect(failure(move).name).toBe("InvalidParameterException");
});

verified(sources.secrets, "a version and a label that do not belong together are refused", async () => {
  const world = awsWorld();
  const { arn, version } = world.secret();
  put(world, arn, "second");
  const read = () =>
    world.secretsManager.getSecretValue({ SecretId: arn, VersionId: version, VersionStage: "AWSCURRENT" });
  expect(failure(read).name).toBe("InvalidRequestException");
});

assumed("UpdateSecret with a value makes a current version, and changes key and description", async () => {
  const world = awsWorld();
  const { arn } = world.secret();
  const { VersionId } = world.secretsManager.updateSecret({
    SecretId: arn,
    ClientRequestToken: world.newId(),
    SecretString: "updated",
    Description: "by hand",
    KmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/other",
  });
  expect(world.secretsManager.getSecretValue({ SecretId: arn })).toMatchObject({
    SecretString: "updated",
    VersionId,
  });
  expect(world.secretsManager.describeSecret({ SecretId: arn })).toMatchObject({
    Description: "by hand",
    KmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/other",
  });
});
