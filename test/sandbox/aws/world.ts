import { createMemoryAws, type MemoryAwsOptions } from "../../../sandbox/aws/memory.ts";
import type { RotationEvent } from "../../../sandbox/aws/secrets-manager/index.ts";

export const hour = 3600_000;
export const day = 24 * hour;

/** AWS on a clock that this test moves; everything that falls due on the way happens at its time. */
export const awsWorld = (options: Partial<MemoryAwsOptions> & { start?: string } = {}) => {
  let time = Date.parse(options.start ?? "2026-11-21T10:30:00Z");
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
  };
  const rotations: RotationEvent[] = [];
  const aws = createMemoryAws({
    clock: { now: () => time },
    newId,
    onRotation: (event) => rotations.push(event),
    ...options,
  });
  const passTo = async (end: number): Promise<void> => {
    for (let next = aws.nextDue(); next !== undefined && next <= end; next = aws.nextDue()) {
      time = Math.max(time, next);
      await aws.runDue();
    }
    time = end;
  };
  return {
    ...aws,
    aws,
    newId,
    rotations,
    now: () => time,
    passTo,
    pass: (milliseconds: number) => passTo(time + milliseconds),
    /** A secret with a value, named by its ARN, and the id of its version. */
    secret: (name = "rotated/one") => {
      const version = newId();
      const arn = aws.createRotatedSecret(name, { ClientRequestToken: version, SecretString: "first" });
      return { arn, version };
    },
  };
};

export type AwsWorld = ReturnType<typeof awsWorld>;

/** What a call that must fail fails with. */
export const failure = (call: () => unknown): { name: string; message: string } => {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message };
    throw error;
  }
  throw new Error(`The call was expected to fail, and gave ${JSON.stringify(result)}.`);
};

interface Step {
  Step: string;
  SecretId: string;
  ClientRequestToken: string;
}

/** A rotation function that does what AWS's templates do, and remembers how it was called. */
export const rotationFunction = (
  world: AwsWorld,
  fails: (step: string, call: number) => boolean = () => false,
) => {
  const calls: Step[] = [];
  world.host(async (_arn, event) => {
    const step = event as Step;
    calls.push(step);
    if (fails(step.Step, calls.length)) throw new Error(`${step.Step} fails`);
    const { secretsManager } = world;
    const { SecretId, ClientRequestToken } = step;
    if (step.Step === "createSecret")
      secretsManager.putSecretValue({
        SecretId,
        ClientRequestToken,
        SecretString: `value of ${ClientRequestToken}`,
        VersionStages: ["AWSPENDING"],
      });
    if (step.Step === "finishSecret") {
      const stages = secretsManager.describeSecret({ SecretId }).VersionIdsToStages ?? {};
      const current = Object.keys(stages).find((id) => stages[id]?.includes("AWSCURRENT"));
      secretsManager.updateSecretVersionStage({
        SecretId,
        VersionStage: "AWSCURRENT",
        MoveToVersionId: ClientRequestToken,
        RemoveFromVersionId: current,
      });
    }
  });
  return calls;
};

export const stagesOf = ({ secretsManager }: AwsWorld, SecretId: string) =>
  secretsManager.describeSecret({ SecretId }).VersionIdsToStages;

/** Configures and starts a rotation, every four hours where no other rules are given. Returns its token. */
export const startRotation = (
  world: AwsWorld,
  SecretId: string,
  rules: object = { ScheduleExpression: "rate(4 hours)" },
  more: object = {},
): string => {
  const ClientRequestToken = world.newId();
  world.secretsManager.rotateSecret({
    SecretId,
    ClientRequestToken,
    RotationLambdaARN: world.functionArns.rotate,
    RotationRules: rules,
    ...more,
  });
  return ClientRequestToken;
};
