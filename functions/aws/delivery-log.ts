import { dynamodbTable } from "../../apis/aws/dynamodb.ts";
import { ConditionFailedError } from "../../apis/aws/errors.ts";
import type { AwsSession } from "../../apis/aws/session.ts";
import type { Permission } from "../permissions.ts";
import type { DeliveryLog } from "../ports.ts";
import { asPort } from "./port-error.ts";

export const deliveriesPermissions: readonly Permission[] = [
  {
    actions: ["dynamodb:UpdateItem"],
    on: "leakTable",
    why: "Notes which deliveries of the webhook have come",
  },
];

/** The attribute by which the table forgets a delivery: seconds since 1970, as DynamoDB's time to live wants them. */
export const expiryAttribute = "expires";

export const deliveryKey = (id: string): string => `delivery#${id}`;

export interface AwsDeliveryLogOptions {
  table: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

export const awsDeliveryLog = (
  session: AwsSession,
  { table: name, now = Date.now }: AwsDeliveryLogOptions,
): DeliveryLog => {
  const table = dynamodbTable(session, name);
  return {
    remember: (id, seconds) =>
      asPort(async () => {
        const time = Math.floor(now() / 1000);
        try {
          await table.update({
            key: { pk: { S: deliveryKey(id) } },
            update: "SET #expires = :expires",
            // The service takes its time to delete what has expired.
            condition: "attribute_not_exists(#expires) OR #expires <= :now",
            names: { "#expires": expiryAttribute },
            values: { ":expires": { N: String(time + seconds) }, ":now": { N: String(time) } },
            object: `delivery ${id}`,
            // Who asks again after an answer that was lost is told `known`, which loses nothing: see `receive`.
            effect: "idempotent",
          });
          return "new" as const;
        } catch (error) {
          if (error instanceof ConditionFailedError) return "known" as const;
          throw error;
        }
      }),
  };
};
