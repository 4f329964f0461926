/** The types of AWS resources that the tests ask for. */
export const aws = {
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  eip: "aws:ec2/eip:Eip",
  function: "aws:lambda/function:Function",
  key: "aws:kms/key:Key",
  mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  nat: "aws:ec2/natGateway:NatGateway",
  permission: "aws:lambda/permission:Permission",
  policy: "aws:iam/rolePolicy:RolePolicy",
  provider: "pulumi:providers:aws",
  queue: "aws:sqs/queue:Queue",
  role: "aws:iam/role:Role",
  rotation: "aws:secretsmanager/secretRotation:SecretRotation",
  schedule: "aws:scheduler/schedule:Schedule",
  secret: "aws:secretsmanager/secret:Secret",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  subnet: "aws:ec2/subnet:Subnet",
  table: "aws:dynamodb/table:Table",
} as const;

/** A statement of a policy as it is sent to AWS. */
export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: unknown;
  Principal?: unknown;
}

export const statementsOf = (document: unknown): Statement[] => JSON.parse(String(document)).Statement;

export const account = "123456789012";
export const functionArn = (name: string) =>
  `arn:aws:lambda:us-east-1:${account}:function:genesys-credential-guard-prod-${name}`;
