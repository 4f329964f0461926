import { type AwsPlace, functionArn, partitionOf } from "./names.ts";

/** Where GitHub sends its webhooks to, below the stage. */
export const webhookPath = "/github/webhook";

export const webhookMethod = "POST";

/** GitHub hangs up after 10 seconds. https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks */
const patienceMilliseconds = 9_500;

/**
 * The API, as API Gateway imports it: one path, whose every call is handed to `receive` as it came. JSON counts as
 * binary, so that the function gets the very bytes that GitHub has signed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
 */
export const webhookApi = (place: AwsPlace): Readonly<Record<string, unknown>> => ({
  openapi: "3.0.1",
  info: { title: `${place.prefix}-webhooks`, version: "1" },
  paths: {
    [webhookPath]: {
      [webhookMethod.toLowerCase()]: {
        responses: { 202: { description: "Taken, and dealt with in its own time" } },
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: `arn:${partitionOf(place.region)}:apigateway:${place.region}:lambda:path/2015-03-31/functions/${functionArn(place, "receive")}/invocations`,
          passthroughBehavior: "when_no_match",
          timeoutInMillis: patienceMilliseconds,
        },
      },
    },
  },
  "x-amazon-apigateway-binary-media-types": ["application/json"],
});
