import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./policy.ts";

/**
 * What Lambda itself does with a function's role to attach it to a network. Interfaces do not exist before, and the
 * two listing actions know no narrower resource; so all are for any resource, and denied to the function's own code.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export const networkActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
] as const;

export interface Hosting {
  functionArn: string;
  /** The streams of the function's log group. */
  logStreamsArn: pulumi.Input<string>;
  /** Where events go that the function failed on; undefined where a queue keeps them. */
  deadLetterArn?: pulumi.Input<string> | undefined;
  /** The queue that feeds the function. */
  sourceQueueArn?: pulumi.Input<string> | undefined;
}

const allow = (Sid: string, Action: readonly string[], resource: pulumi.Input<string>): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource: [resource],
});

/** The statements of what it takes to run a function, whatever it does. */
export const hostingStatements = (hosting: Hosting): Statement[] => [
  allow("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], hosting.logStreamsArn),
  allow("Network", networkActions, "*"),
  {
    Sid: "NetworkIsForLambdaAlone",
    Effect: "Deny",
    Action: networkActions,
    Resource: ["*"],
    Condition: { ArnEquals: { "lambda:SourceFunctionArn": hosting.functionArn } },
  },
  ...(hosting.deadLetterArn === undefined
    ? []
    : [allow("DeadLetters", ["sqs:SendMessage"], hosting.deadLetterArn)]),
  ...(hosting.sourceQueueArn === undefined
    ? []
    : [
        allow(
          "Source",
          ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
          hosting.sourceQueueArn,
        ),
      ]),
];
