/**
 * REST APIs of API Gateway, as far as whole requests are handed to Lambda functions.
 *
 * Verified (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html,
 * lambda-proxy-binary-media.html, how-to-deploy-api.html, api-gateway-control-access-to-api.html; supported-gateway-response-types.html):
 * the event; a body whose content type is a binary one is base64 in it; a stage serves the document of its deployment,
 * not the API's present one; a path that there is not is 403 "Missing Authentication Token"; an answer that is none, or
 * a function that fails, is 502; a function that the API may not call is 500.
 * Assumed (2026-11-21): a function that is throttled is 500; bodies are UTF-8.
 * Gaps: throttling, web ACLs and access logs (the stack's settings are recorded); path parameters, authorizers, stage
 * variables, response headers, other integrations than `aws_proxy`.
 */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { integrationsOf, type ProxyIntegration } from "./document.ts";

export interface GatewayRequest {
  method: string;
  /** With the stage, without the query string: `/STAGE/path`. */
  path: string;
  query?: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  sourceAddress: string;
}

export interface GatewayResponse {
  status: number;
  /** As text. */
  body: string;
}

export interface RestApisOptions {
  now: () => number;
  newId: () => string;
  /** Calls a function for `sourceArn`, the method of a stage. Throws a `RefusedCall` where that is not allowed. */
  invoke(functionArn: string, sourceArn: string, event: unknown): Promise<unknown>;
  /** `arn:aws:execute-api:REGION:ACCOUNT:ID`. */
  executionArn(id: string): string;
}

interface RestApi {
  document: string;
  /** Documents by deployment. */
  deployments: Map<string, string>;
  /** Deployments by stage. */
  stages: Map<string, string>;
}

const message = (status: number, text: string): GatewayResponse => ({
  status,
  body: JSON.stringify({ message: text }),
});

const missing = message(403, "Missing Authentication Token");
const badGateway = message(502, "Internal server error");

/** The function may not be called, or not now. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";
}

export class RestApis {
  readonly #apis = new Map<string, RestApi>();
  readonly #options: RestApisOptions;

  constructor(options: RestApisOptions) {
    this.#options = options;
  }

  get ids(): Iterable<string> {
    return this.#apis.keys();
  }

  /** @throws Error for a document that is none */
  create(id: string, document: string): void {
    integrationsOf(document);
    this.#apis.set(id, { document, deployments: new Map(), stages: new Map() });
  }

  has(id: string): boolean {
    return this.#apis.has(id);
  }

  change(id: string, document: string): void {
    integrationsOf(document);
    this.#find(id).document = document;
  }

  delete(id: string): void {
    this.#apis.delete(id);
  }

  /** Keeps the API as it is now. */
  deploy(id: string): string {
    const api = this.#find(id);
    const deployment = this.#options.newId();
    api.deployments.set(deployment, api.document);
    return deployment;
  }

  /** @throws Error where a stage still serves it */
  removeDeployment(id: string, deployment: string): void {
    const api = this.#apis.get(id);
    if (api !== undefined && [...api.stages.values()].includes(deployment))
      throw new Error(
        "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
      );
    api?.deployments.delete(deployment);
  }

  /** Makes a stage, or has it serve another deployment. */
  setStage(id: string, stage: string, deployment: string): void {
    const api = this.#find(id);
    if (!api.deployments.has(deployment))
      throw new Error("NotFoundException: Invalid Deployment identifier specified");
    api.stages.set(stage, deployment);
  }

  hasStage(id: string, stage: string): boolean {
    return this.#apis.get(id)?.stages.has(stage) === true;
  }

  removeStage(id: string, stage: string): void {
    this.#apis.get(id)?.stages.delete(stage);
  }

  async request(id: string, request: GatewayRequest): Promise<GatewayResponse> {
    const [, stage = "", ...rest] = request.path.split("/");
    const api = this.#apis.get(id);
    const document = api?.deployments.get(api.stages.get(stage) ?? "");
    if (document === undefined) return message(403, "Forbidden");
    const path = `/${rest.join("/")}`;
    const integration = integrationsOf(document).find(
      (each) => each.path === path && each.method === request.method.toUpperCase(),
    );
    return integration === undefined ? missing : this.#call(id, stage, path, integration, request);
  }

  async #call(
    id: string,
    stage: string,
    path: string,
    { functionArn, binaryTypes }: ProxyIntegration,
    request: GatewayRequest,
  ): Promise<GatewayResponse> {
    const sourceArn = `${this.#options.executionArn(id)}/${stage}/${request.method.toUpperCase()}${path}`;
    const event = proxyEvent(id, stage, path, binaryTypes, request, this.#options.now());
    try {
      return responseOf(await this.#options.invoke(functionArn, sourceArn, event));
    } catch (error) {
      return error instanceof RefusedCall ? message(500, "Internal server error") : badGateway;
    }
  }

  #find(id: string): RestApi {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error("NotFoundException: Invalid API identifier specified");
    return api;
  }
}

const proxyEvent = (
  id: string,
  stage: string,
  path: string,
  binaryTypes: readonly string[],
  { method, headers, query, body, sourceAddress }: GatewayRequest,
  now: number,
) => {
  const named = Object.entries(headers).flatMap(([name, value]): [string, string[]][] =>
    value === undefined ? [] : [[name, [value].flat()]],
  );
  const asked = [...new Set(query?.keys() ?? [])].map((key): [string, string[]] => [
    key,
    query?.getAll(key) ?? [],
  ]);
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  const isBinary = binaryTypes.includes(type) || binaryTypes.includes("*/*");
  const bytes = Buffer.from(body);
  return {
    resource: path,
    path,
    httpMethod: method.toUpperCase(),
    headers: Object.fromEntries(named.map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(named),
    queryStringParameters:
      asked.length === 0 ? null : Object.fromEntries(asked.map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters: asked.length === 0 ? null : Object.fromEntries(asked),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      apiId: id,
      stage,
      resourcePath: path,
      path: `/${stage}${path}`,
      httpMethod: method.toUpperCase(),
      protocol: "HTTP/1.1",
      requestId: randomUUID(),
      requestTimeEpoch: now,
      identity: { sourceIp: sourceAddress, userAgent: headers["user-agent"] ?? null },
    },
    body: bytes.length === 0 ? null : bytes.toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary && bytes.length > 0,
  };
};

const responseOf = (answer: unknown): GatewayResponse => {
  const { statusCode, body, isBase64Encoded } = Object(answer) as Record<string, unknown>;
  if (!Number.isInteger(statusCode)) return badGateway;
  if (body !== undefined && body !== null && typeof body !== "string") return badGateway;
  const text = body ?? "";
  return {
    status: Number(statusCode),
    body: isBase64Encoded === true ? Buffer.from(text, "base64").toString("utf8") : text,
  };
};
