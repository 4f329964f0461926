/** A method whose requests go to a function as they are. */
export interface ProxyIntegration {
  path: string;
  /** In capitals. */
  method: string;
  functionArn: string;
  /** Content types whose bodies are bytes. */
  binaryTypes: readonly string[];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const entriesOf = (value: unknown): [string, unknown][] => (isMap(value) ? Object.entries(value) : []);

const functionIn = (uri: unknown): string | undefined =>
  /:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/.exec(String(uri))?.[1];

/**
 * What an OpenAPI document with API Gateway's extensions integrates with Lambda.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 *
 * @throws Error for what is no such document, or integrates with anything else
 */
export const integrationsOf = (document: string): ProxyIntegration[] => {
  const api: unknown = JSON.parse(document);
  if (!isMap(api) || !isMap(api.paths)) throw new Error("BadRequestException: Invalid OpenAPI input.");
  const types = api["x-amazon-apigateway-binary-media-types"];
  const binaryTypes = Array.isArray(types) ? types.map(String) : [];
  return entriesOf(api.paths).flatMap(([path, methods]) =>
    entriesOf(methods).map(([method, operation]) => {
      const integration = isMap(operation) ? operation["x-amazon-apigateway-integration"] : undefined;
      const functionArn = isMap(integration) ? functionIn(integration.uri) : undefined;
      if (!isMap(integration) || integration.type !== "aws_proxy" || functionArn === undefined)
        throw new Error(
          `BadRequestException: the sandbox integrates with Lambda alone, not ${method.toUpperCase()} ${path}.`,
        );
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-lambda.html
      if (integration.httpMethod !== "POST")
        throw new Error("BadRequestException: a function is called by POST, whatever the method of the API.");
      return { path, method: method.toUpperCase(), functionArn, binaryTypes };
    }),
  );
};
