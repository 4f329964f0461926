import * as pulumi from "@pulumi/pulumi";

/** A statement of an IAM policy; what it acts on may not exist yet. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: Record<string, pulumi.Input<string>>;
  Action: readonly string[];
  Resource?: pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<pulumi.Input<string>[] | string>>>;
}

export const policy = (statements: readonly Statement[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/** Who may take a role: one AWS service, for this account alone. */
export const trust = (service: string, condition?: Statement["Condition"]): pulumi.Output<string> =>
  policy([
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: ["sts:AssumeRole"],
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ]);
