export { assumed, verified } from "../github/marks.ts";

/** Where a simulated behaviour of AWS is documented or recorded. */
export const sources = {
  secrets: "docs.aws.amazon.com/secretsmanager/latest/apireference",
  rotation: "docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_how.html",
  schedule: "docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html",
  limits: "docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html",
  recordings: "localstack/localstack tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json",
  sqs: "docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide",
  scheduler: "docs.aws.amazon.com/scheduler/latest/UserGuide",
  dynamodb: "docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html",
  iam: "docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
} as const;
