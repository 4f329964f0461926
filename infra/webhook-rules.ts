import type { wafv2 } from "@pulumi/aws/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

/** From one address within five minutes: GitHub sends a thousand at once from a few. */
const mostCalls = 10_000;

/** Of an alert some 20 KB; this is also as much as WAF looks at. */
export const longestBody = 65_536;

/**
 * Rules of AWS's own that an honest webhook breaks: bodies above 8 KB, and addresses, paths and markup of repositories
 * in them. They count and do not block; the signature decides.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const countedRules = [
  "SizeRestrictions_BODY",
  "GenericRFI_BODY",
  "GenericLFI_BODY",
  "CrossSiteScripting_BODY",
  "EC2MetaDataSSRF_BODY",
];

const plain = [{ priority: 0, type: "NONE" }];

/** What is refused before anybody looks at a signature, by name, in the order in which it is asked. */
export const webhookRules = (hookSetArn: pulumi.Output<string> | undefined): wafv2.WebAclRule[] => {
  const visible = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    metricName,
    sampledRequestsEnabled: false,
  });
  const blocked = { block: {} };
  const refusals: Pick<wafv2.WebAclRule, "name" | "statement">[] = [
    ...(hookSetArn === undefined
      ? []
      : [
          {
            name: "NotGithub",
            statement: { notStatement: { statement: { ipSetReferenceStatement: { arn: hookSetArn } } } },
          },
        ]),
    {
      name: "TooMany",
      statement: {
        rateBasedStatement: { limit: mostCalls, evaluationWindowSec: 300, aggregateKeyType: "IP" },
      },
    },
    {
      name: "Unsigned",
      statement: {
        notStatement: {
          statement: {
            byteMatchStatement: {
              fieldToMatch: { singleHeader: { name: "x-hub-signature-256" } },
              positionalConstraint: "STARTS_WITH",
              searchString: "sha256=",
              textTransformations: plain,
            },
          },
        },
      },
    },
    {
      name: "TooLarge",
      statement: {
        sizeConstraintStatement: {
          fieldToMatch: { body: { oversizeHandling: "MATCH" } },
          comparisonOperator: "GT",
          size: longestBody,
          textTransformations: plain,
        },
      },
    },
  ];
  const managed: Omit<wafv2.WebAclRule, "priority" | "visibilityConfig"> = {
    name: "Common",
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ruleActionOverrides: countedRules.map((name) => ({ name, actionToUse: { count: {} } })),
      },
    },
  };
  return [...refusals.map((rule) => ({ ...rule, action: blocked })), managed].map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: visible(String(rule.name)),
  }));
};
