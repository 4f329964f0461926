import { connectEventSource } from "../../runtime/event-source.ts";
import { roleAllows } from "../access.ts";
import type { BoundType } from "../bound-type.ts";
import { map, optionalNumber, text } from "../inputs.ts";
import { functionNamed } from "./permission.ts";

const needed = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * aws:lambda/eventSourceMapping:EventSourceMapping of a queue. As in AWS, the function's role must be allowed to take
 * messages (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
export const eventSourceMapping: BoundType = {
  create: (inputs, surroundings) => {
    const { region, cloud } = surroundings;
    const { arn: functionArn, roleArn } = functionNamed(text(inputs, "functionName"), surroundings);
    const queueArn = text(inputs, "eventSourceArn");
    const queue = region.queues.get(queueArn);
    if (queue === undefined)
      throw new Error(`InvalidParameterValueException: there is no queue ${queueArn}.`);
    const role = cloud.roles.get(roleArn);
    const missing = needed.find((action) => role === undefined || !roleAllows(role, action, queueArn));
    if (missing !== undefined)
      throw new Error(
        `InvalidParameterValueException: The function execution role does not have permissions to call ${missing.slice(4)} on SQS`,
      );
    const { clock, lambda } = region;
    const concurrency = optionalNumber(map(inputs.scalingConfig), "maximumConcurrency");
    connectEventSource({
      clock,
      lambda,
      queue,
      functionArn,
      batchSize: optionalNumber(inputs, "batchSize") ?? 10,
      ...(concurrency === undefined ? {} : { maximumConcurrency: concurrency }),
    });
    const uuid = region.newId();
    return {
      id: uuid,
      outputs: {
        uuid,
        functionArn,
        arn: region.arn("lambda", `event-source-mapping:${uuid}`),
        state: "Enabled",
      },
    };
  },
};
