import * as v from "valibot";
import { rotationSteps } from "../../core/rotation/step-guard.ts";
import { RotatorError } from "./errors.ts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
const rotationEvent = () =>
  v.object({
    SecretId: v.pipe(v.string(), v.nonEmpty()),
    ClientRequestToken: v.pipe(v.string(), v.nonEmpty()),
    Step: v.picklist(rotationSteps),
  });

const retirementEvent = () =>
  v.object({
    credentialId: v.pipe(v.string(), v.nonEmpty()),
    clientId: v.pipe(v.string(), v.nonEmpty()),
  });

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const queueEvent = () =>
  v.object({
    Records: v.array(v.object({ messageId: v.pipe(v.string(), v.nonEmpty()), body: v.string() })),
  });

/** A request to rotate a credential out of turn. */
const emergencyMessage = () =>
  v.object({
    credentialId: v.pipe(v.string(), v.nonEmpty()),
    reason: v.pipe(v.string(), v.nonEmpty()),
    /** The generation that is replaced is stopped at once, not drained. */
    contain: v.optional(v.boolean(), false),
  });

export type EmergencyMessage = v.InferOutput<ReturnType<typeof emergencyMessage>>;

// Said, and the schemas made late, so that a bundle leaves out the parsers that it does not use.
/* @__NO_SIDE_EFFECTS__ */
const parser = <const Schema extends v.GenericSchema>(what: string, makeSchema: () => Schema) => {
  let schema: Schema | undefined;
  return (event: unknown): v.InferOutput<Schema> => {
    schema ??= makeSchema();
    const parsed = v.safeParse(schema, event);
    if (parsed.success) return parsed.output;
    // Names of fields alone: what an unknown event holds may be secret.
    const fields = parsed.issues.map((issue) => v.getDotPath(issue) ?? "the event itself");
    throw new RotatorError("bad-event", `The event is no ${what}: ${[...new Set(fields)].join(", ")}.`);
  };
};

export const parseRotationEvent = parser("step of a rotation", rotationEvent);
export const parseRetirementEvent = parser("retirement of a generation", retirementEvent);
export const parseQueueEvent = parser("batch of messages", queueEvent);
export const parseEmergencyMessage = parser("request for a rotation", emergencyMessage);
