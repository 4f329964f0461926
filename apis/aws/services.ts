/** How a service is spoken to: by operations in a header, or by paths. */
export type Protocol = { kind: "json"; version: "1.0" | "1.1"; target: string } | { kind: "rest" };

export interface AwsService {
  /** For messages. */
  name: string;
  /** First label of its host, and the name that its signatures are made for. */
  id: string;
  /** Ending of its endpoint variable: `AWS_ENDPOINT_URL_…`. */
  variable: string;
  protocol: Protocol;
}

/**
 * https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html (variables);
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export const secretsManagerService: AwsService = {
  name: "AWS Secrets Manager",
  id: "secretsmanager",
  variable: "SECRETS_MANAGER",
  protocol: { kind: "json", version: "1.1", target: "secretsmanager" },
};

export const dynamodbService: AwsService = {
  name: "Amazon DynamoDB",
  id: "dynamodb",
  variable: "DYNAMODB",
  protocol: { kind: "json", version: "1.0", target: "DynamoDB_20120810" },
};

export const sqsService: AwsService = {
  name: "Amazon SQS",
  id: "sqs",
  variable: "SQS",
  protocol: { kind: "json", version: "1.0", target: "AmazonSQS" },
};

export const schedulerService: AwsService = {
  name: "Amazon EventBridge Scheduler",
  id: "scheduler",
  variable: "SCHEDULER",
  protocol: { kind: "rest" },
};
