/**
 * The part of AWS that the functions use, in memory: services on a clock that is passed in, and the functions' ports
 * over them, which ask IAM before every call.
 */
import type { PutSecretValueRequest } from "@aws-sdk/client-secrets-manager";
import type { ResourceKind } from "../../functions/permissions.ts";
import type { Clock, RevokerPorts, RotatorPorts } from "../../functions/ports.ts";
import { Agenda, type Timers } from "./agenda.ts";
import { Table } from "./dynamodb/table.ts";
import { arn, defaultPlace, type Place } from "./place.ts";
import { Caller, type CallerPolicy, type PortHooks } from "./ports/caller.ts";
import { deliveriesPort } from "./ports/deliveries.ts";
import { heldSecretPort } from "./ports/held-secrets.ts";
import { ledgerPort } from "./ports/ledger.ts";
import { queuePort, schedulerPort } from "./ports/messages.ts";
import { recordedLog, recordedMetrics } from "./ports/records.ts";
import { secretsPort, triggerPort } from "./ports/secrets.ts";
import { type Fate, Schedules } from "./scheduler/schedules.ts";
import { type RotationEvent, SecretsManager } from "./secrets-manager/index.ts";
import { Queue } from "./sqs/queue.ts";

export interface MemoryAwsOptions {
  /** AWS's own time. */
  clock: Pick<Clock, "now">;
  /** Ids of versions, messages and the like: at least 32 characters, each different. */
  newId: () => string;
  /** Where the services note what they will do by themselves. Default: `agenda`, to be run by the owner of the clock. */
  timers?: Timers;
  /** From 0 to 1, below 1: how late in their windows rotations and deliveries come. Default: at once. */
  random?: () => number;
  place?: Place;
  /** Names of the rotated secrets, as in the ARN of a policy. Default `rotated/*`. */
  secretNames?: string;
  /** Calls a Lambda function; default: none exists, so every call fails. */
  invoke?(functionArn: string, event: unknown): Promise<unknown>;
  /** Milliseconds after each failed attempt at a rotation. Default 1, 5, 15 and 60 minutes. */
  rotationPauses?: readonly number[];
  onRotation?(event: RotationEvent): void;
  /** What becomes of a schedule's delivery. */
  fate?(name: string, time: number): Fate | undefined;
  /** What the scheduler does with a time that has passed. Default "fired". */
  pastTimes?: "fired" | "refused";
  /** Hooks around every call of every caller. */
  hooks?: PortHooks;
}

export interface CallerOptions extends PortHooks {
  /** The function's own clock; default: AWS's. */
  clock?: Clock;
  newHolder?: () => string;
  /** How many metrics and log lines are kept at least. Default 1,000. */
  keep?: number;
}

const minute = 60_000;

/** Names of the secrets that the functions which answer leaks have of their own. */
export const heldSecretNames = {
  webhookSecret: "leak/webhook",
  githubAppSecret: "leak/github-app",
  slackSecret: "leak/slack",
  siemSecret: "leak/siem",
} as const;

/** Secrets Manager ends every ARN with six characters of its own. */
const heldSecretArn = (place: Place, kind: keyof typeof heldSecretNames): string =>
  arn(place, "secretsmanager", `secret:${heldSecretNames[kind]}-??????`);

/** The ARNs of what the functions use. */
export const resourceArns = (
  place: Place = defaultPlace,
  secretNames = "rotated/*",
): Record<ResourceKind, readonly string[]> => ({
  rotatedSecrets: [arn(place, "secretsmanager", `secret:${secretNames}`)],
  secretsKey: [arn(place, "kms", "key/7ac1f0de-0000-4000-8000-000000000001")],
  ledgerTable: [arn(place, "dynamodb", "table/rotation-ledger")],
  retirementSchedules: [arn(place, "scheduler", "schedule/retirement/*")],
  schedulerRole: [`arn:aws:iam::${place.account}:role/retirement-scheduler`],
  emergencyQueue: [arn(place, "sqs", "emergency-rotations.fifo")],
  rotateFunction: [arn(place, "lambda", "function:rotate")],
  leakTable: [arn(place, "dynamodb", "table/leak-cases")],
  leakQueue: [arn(place, "sqs", "leaks.fifo")],
  reportQueue: [arn(place, "sqs", "leak-reports.fifo")],
  webhookSecret: [heldSecretArn(place, "webhookSecret")],
  githubAppSecret: [heldSecretArn(place, "githubAppSecret")],
  slackSecret: [heldSecretArn(place, "slackSecret")],
  siemSecret: [heldSecretArn(place, "siemSecret")],
  any: ["*"],
});

export const createMemoryAws = (options: MemoryAwsOptions) => {
  const { clock, newId, random = () => 0, place = defaultPlace, hooks } = options;
  const now = (): number => clock.now();
  const agenda = new Agenda();
  const timers = options.timers ?? agenda;
  const arns = resourceArns(place, options.secretNames);
  const arnOf = (kind: ResourceKind): string => arns[kind][0] ?? "";
  const secretsKey = arnOf("secretsKey");
  const functionArns = {
    rotate: arn(place, "lambda", "function:rotate"),
    retire: arn(place, "lambda", "function:retire"),
    reconcile: arn(place, "lambda", "function:reconcile"),
    emergency: arn(place, "lambda", "function:emergency"),
    receive: arn(place, "lambda", "function:receive"),
    revoke: arn(place, "lambda", "function:revoke"),
    report: arn(place, "lambda", "function:report"),
    sweep: arn(place, "lambda", "function:sweep"),
  };
  let invoke =
    options.invoke ??
    (async (functionArn: string): Promise<unknown> => {
      throw new Error(`There is no function ${functionArn}.`);
    });

  const secretsManager = new SecretsManager({
    now,
    newId,
    timers,
    place,
    random,
    rotationPauses: options.rotationPauses ?? [minute, 5 * minute, 15 * minute, 60 * minute],
    invoke: (functionArn, event) => invoke(functionArn, event),
    ...(options.onRotation === undefined ? {} : { onRotation: options.onRotation }),
  });
  const ledgerTable = new Table("rotation-ledger", arnOf("ledgerTable"));
  const leakTable = new Table("leak-cases", arnOf("leakTable"));
  const makeQueue = (name: string, more: object = {}): Queue =>
    new Queue({ name, arn: arn(place, "sqs", name), now, newId, ...more });
  const emergencyDeadLetters = makeQueue("emergency-dead-letters.fifo");
  const scheduleDeadLetters = makeQueue("retirement-dead-letters");
  const emergencyQueue = makeQueue("emergency-rotations.fifo", {
    visibilityTimeoutSeconds: 360,
    redrive: { to: emergencyDeadLetters, maxReceiveCount: 5 },
  });
  const leakDeadLetters = makeQueue("leak-dead-letters.fifo");
  const leakQueue = makeQueue("leaks.fifo", {
    visibilityTimeoutSeconds: 180,
    redrive: { to: leakDeadLetters, maxReceiveCount: 5 },
  });
  const reportDeadLetters = makeQueue("leak-report-dead-letters.fifo");
  const reportQueue = makeQueue("leak-reports.fifo", {
    visibilityTimeoutSeconds: 360,
    redrive: { to: reportDeadLetters, maxReceiveCount: 12 },
  });
  const schedules = new Schedules({
    now,
    timers,
    place,
    random,
    deliver: (targetArn, input) => invoke(targetArn, JSON.parse(input)),
    sendToDeadLetterQueue: (_queueArn, input) => {
      scheduleDeadLetters.send({ body: input });
    },
    ...(options.fate === undefined ? {} : { fate: options.fate }),
    ...(options.pastTimes === undefined ? {} : { pastTimes: options.pastTimes }),
  });

  const scheduleSettings = {
    group: "retirement",
    targetArn: functionArns.retire,
    roleArn: arnOf("schedulerRole"),
    deadLetterArn: scheduleDeadLetters.arn,
  };

  const held = new Set<keyof typeof heldSecretNames>();

  /** The ports of somebody with these rights. `exercised` tells which rights were needed. */
  const portsFor = (policy: CallerPolicy, more: CallerOptions = {}) => {
    const own: Clock = more.clock ?? { now, sleep: async () => {} };
    const caller = new Caller(policy, hooks === undefined ? [more] : [hooks, more]);
    let holders = 0;
    const ports = {
      clock: own,
      secrets: secretsPort(secretsManager, caller, place),
      trigger: triggerPort(secretsManager, caller, place),
      ledger: ledgerPort(ledgerTable, caller, own),
      scheduler: schedulerPort(schedules, caller, place, scheduleSettings, own),
      emergencies: queuePort(emergencyQueue, caller),
      metrics: recordedMetrics(more.keep ?? 1000),
      log: recordedLog(more.keep ?? 1000),
      newHolder: more.newHolder ?? (() => `${newId()}-${holders++}`),
      webhookSecrets: heldSecretPort(secretsManager, caller, place, heldSecretNames.webhookSecret, own),
      deliveries: deliveriesPort(leakTable, caller, own),
      leaks: queuePort(leakQueue, caller, "leaks"),
      reports: queuePort(reportQueue, caller, "reports"),
      cases: ledgerPort(leakTable, caller, own, "cases"),
    } satisfies Omit<RotatorPorts & RevokerPorts, "platform" | "github" | "slack" | "siem">;
    return { ...ports, exercised: caller.exercised as ReadonlySet<string> };
  };

  return {
    secretsManager,
    ledgerTable,
    emergencyQueue,
    emergencyDeadLetters,
    leakTable,
    leakQueue,
    leakDeadLetters,
    reportQueue,
    reportDeadLetters,
    schedules,
    scheduleDeadLetters,
    agenda,
    place,
    arns,
    functionArns,
    /** The key that rotated secrets are encrypted with. */
    secretsKey,
    portsFor,
    /** Hosts the functions: from now on they are called through `call`. */
    host(call: (functionArn: string, event: unknown) => Promise<unknown>): void {
      invoke = call;
    },
    /** Makes a rotated secret as the stack does, with its first value. Returns its ARN. */
    createRotatedSecret(
      name: string,
      first?: Required<Pick<PutSecretValueRequest, "ClientRequestToken" | "SecretString">>,
    ): string {
      const created = secretsManager.createSecret({ Name: name, KmsKeyId: secretsKey, ...first });
      return created.ARN ?? "";
    },
    /** Makes a secret of the functions' own, or gives it another value. */
    setHeldSecret(kind: keyof typeof heldSecretNames, value: string): void {
      const SecretId = heldSecretNames[kind];
      const SecretString = value;
      if (held.has(kind))
        secretsManager.putSecretValue({ SecretId, SecretString, ClientRequestToken: newId() });
      else
        secretsManager.createSecret({
          Name: SecretId,
          KmsKeyId: secretsKey,
          SecretString,
          ClientRequestToken: newId(),
        });
      held.add(kind);
    },
    /** Runs what the services do by themselves and is due by now, in order. */
    runDue: (): Promise<void> => agenda.runDue(now),
    /** When they do something next; undefined where nothing is left to do. */
    nextDue: (): number | undefined => agenda.next(),
  };
};

export type MemoryAws = ReturnType<typeof createMemoryAws>;
