import { endpointOf } from "../../../apis/aws/endpoint.ts";
import { credentialsFromEnvironment, regionFromEnvironment } from "../../../apis/aws/environment.ts";
import {
  dynamodbService,
  schedulerService,
  secretsManagerService,
  sqsService,
} from "../../../apis/aws/services.ts";
import { MissingCredentialsError } from "../../../apis/http/errors.ts";
import { failureOf, newSecret } from "./harness.ts";

describe("an endpoint", () => {
  test.each([
    [secretsManagerService, "eu-central-1", "https://secretsmanager.eu-central-1.amazonaws.com"],
    [dynamodbService, "us-gov-west-1", "https://dynamodb.us-gov-west-1.amazonaws.com"],
    [sqsService, "cn-north-1", "https://sqs.cn-north-1.amazonaws.com.cn"],
    [schedulerService, "ap-southeast-2", "https://scheduler.ap-southeast-2.amazonaws.com"],
  ])("of %o in %s", (service, region, url) => {
    expect(endpointOf(service, region, {})).toBe(url);
  });

  test("is overridden for all services, and for one before all", () => {
    const environment = {
      AWS_ENDPOINT_URL: "http://127.0.0.1:4000/",
      AWS_ENDPOINT_URL_DYNAMODB: "https://vpce-1.dynamodb.eu-central-1.vpce.amazonaws.com",
    };
    expect(endpointOf(sqsService, "eu-central-1", environment)).toBe("http://127.0.0.1:4000");
    expect(endpointOf(dynamodbService, "eu-central-1", environment)).toBe(
      environment.AWS_ENDPOINT_URL_DYNAMODB,
    );
    expect(endpointOf(sqsService, "eu-central-1", { AWS_ENDPOINT_URL: " " })).toMatch(/^https:\/\/sqs\./);
  });

  test("names everything that is wrong with it", () => {
    const environment = { AWS_ENDPOINT_URL: "http://secrets.example" };
    const read = (region: string) => () => endpointOf(secretsManagerService, region, environment);
    expect(read("")).toThrow(MissingCredentialsError);
    expect(read("")).toThrow(/no region is set; AWS_ENDPOINT_URL must begin with https/);
    expect(read("mars")).toThrow(/"mars" is no region/);
    expect(read("eu-central-1")).toThrow(/AWS_ENDPOINT_URL/);
    expect(() => endpointOf(secretsManagerService, "mars", {})).toThrow(/"mars"/);
  });
});

describe("the environment of a function", () => {
  test("names the region", () => {
    expect(regionFromEnvironment({ AWS_REGION: "eu-central-1", AWS_DEFAULT_REGION: "x" })).toBe(
      "eu-central-1",
    );
    expect(regionFromEnvironment({ AWS_DEFAULT_REGION: " us-east-1 " })).toBe("us-east-1");
    expect(regionFromEnvironment({})).toBe("");
  });

  test("holds credentials, read anew each time", async () => {
    const environment: NodeJS.ProcessEnv = {
      AWS_ACCESS_KEY_ID: "KEY",
      AWS_SECRET_ACCESS_KEY: newSecret(),
      AWS_SESSION_TOKEN: newSecret(),
    };
    const source = credentialsFromEnvironment(environment);
    expect(await source()).toEqual({
      accessKeyId: "KEY",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
      sessionToken: environment.AWS_SESSION_TOKEN,
    });
    environment.AWS_SESSION_TOKEN = "";
    expect((await source()).sessionToken).toBeUndefined();
  });

  test("names every variable that is not set", async () => {
    const error = await failureOf(credentialsFromEnvironment({})());
    expect(error).toBeInstanceOf(MissingCredentialsError);
    expect(error.message).toMatch(/AWS_ACCESS_KEY_ID is not set; AWS_SECRET_ACCESS_KEY is not set/);
  });
});
