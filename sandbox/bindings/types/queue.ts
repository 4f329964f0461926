import type { PropertyMap } from "../../../engine/model/property.ts";
import { Queue } from "../../aws/sqs/queue.ts";
import type { BoundType } from "../bound-type.ts";
import { optionalNumber, optionalText } from "../inputs.ts";
import { nameOf } from "../names.ts";
import type { Region } from "../region.ts";

const redriveOf = (
  inputs: PropertyMap,
  region: Region,
): { redrive?: { to: Queue; maxReceiveCount: number } } => {
  const policy = optionalText(inputs, "redrivePolicy");
  if (policy === undefined) return {};
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as {
    deadLetterTargetArn: string;
    maxReceiveCount: number;
  };
  const to = region.queues.get(deadLetterTargetArn);
  if (to === undefined) throw new Error(`InvalidParameterValue: there is no queue ${deadLetterTargetArn}.`);
  return { redrive: { to, maxReceiveCount: Number(maxReceiveCount) } };
};

const seconds = (inputs: PropertyMap) => {
  const visibility = optionalNumber(inputs, "visibilityTimeoutSeconds");
  const delay = optionalNumber(inputs, "delaySeconds");
  const retention = optionalNumber(inputs, "messageRetentionSeconds");
  return {
    ...(visibility === undefined ? {} : { visibilityTimeoutSeconds: visibility }),
    ...(delay === undefined ? {} : { delaySeconds: delay }),
    ...(retention === undefined ? {} : { retentionSeconds: retention }),
  };
};

/** aws:sqs/queue:Queue; its id is its URL. https://www.pulumi.com/registry/packages/aws/api-docs/sqs/queue/ */
export const queue: BoundType = {
  create: (inputs, { region, cloud, logicalName }) => {
    const name = nameOf(inputs, logicalName, inputs.fifoQueue === true ? ".fifo" : "");
    const arn = region.arn("sqs", name);
    region.queues.set(
      arn,
      new Queue({
        name,
        arn,
        now: region.clock.now,
        newId: region.newId,
        ...seconds(inputs),
        ...redriveOf(inputs, region),
      }),
    );
    const url = `https://sqs.${region.place.region}.amazonaws.com/${cloud.account}/${name}`;
    return { id: url, outputs: { arn, name, url } };
  },
  read: ({ outputs }, { region }) => (region.queues.has(String(outputs.arn)) ? outputs : undefined),
  delete: ({ outputs }, { region }) => void region.queues.delete(String(outputs.arn)),
};
