import { checkBaseUrl } from "../http/base-url.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import type { AwsService } from "./services.ts";

const regionPattern = /^[a-z]{2}(?:-[a-z]+)+-\d+$/;

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const domainOf = (region: string): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";

/**
 * Where a service is called: `AWS_ENDPOINT_URL_<SERVICE>`, else `AWS_ENDPOINT_URL`, else its host in the region.
 * @throws MissingCredentialsError for a region or an endpoint that is none
 */
export const endpointOf = (service: AwsService, region: string, environment: NodeJS.ProcessEnv): string => {
  const problems: string[] = [];
  if (!regionPattern.test(region)) {
    problems.push(region === "" ? "no region is set" : `"${region}" is no region, such as eu-central-1`);
  }
  for (const variable of [`AWS_ENDPOINT_URL_${service.variable}`, "AWS_ENDPOINT_URL"]) {
    const url = environment[variable]?.trim() ?? "";
    if (url === "") continue;
    const problem = checkBaseUrl(url);
    if (problem !== undefined) problems.push(`${variable} ${problem}`);
    if (problems.length === 0) return url.replace(/\/+$/, "");
    break;
  }
  if (problems.length > 0) {
    const next = "Set AWS_REGION and, only where another endpoint is meant, AWS_ENDPOINT_URL.";
    throw new MissingCredentialsError(service.name, problems, next);
  }
  return `https://${service.id}.${region}.${domainOf(region)}`;
};
