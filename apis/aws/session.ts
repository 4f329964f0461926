import type { Call } from "../http/call.ts";
import { createHttpClient, type HttpClient, type Transport } from "../http/client.ts";
import { jsonConnection } from "../http/fetch-connection.ts";
import type { CredentialSource } from "./credentials.ts";
import { awsDialect } from "./dialect.ts";
import { endpointOf } from "./endpoint.ts";
import type { AwsService } from "./services.ts";
import { signed } from "./signature.ts";

export interface AwsOptions {
  region: string;
  credentials: CredentialSource;
  /** Where endpoints are overridden: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`. Default `process.env`. */
  environment?: NodeJS.ProcessEnv;
  /** Overrides for tests. */
  transport?: Transport;
}

/** Makes signed calls. */
export interface AwsSession {
  /**
   * The answer's body. Every error is an `ApiError` that names service, operation, resource and the service's code;
   * none holds a secret. `AmbiguousOutcomeError`: the call may or may not have taken effect.
   */
  call<T>(service: AwsService, call: Call): Promise<T>;
}

/** Services in the region answer within milliseconds; a function has no time to wait for long. */
const patience = {
  timeoutMilliseconds: 10_000,
  retry: { attempts: 4, limitedAttempts: 8, longestWaitMilliseconds: 20_000, totalMilliseconds: 40_000 },
} as const satisfies Transport;

/** Makes no call and reads no settings: what is missing is reported by the first call. */
export const createAwsSession = ({
  region,
  credentials,
  environment = process.env,
  transport = {},
}: AwsOptions): AwsSession => {
  const clients = new Map<string, HttpClient>();

  const clientOf = (service: AwsService): HttpClient => {
    const known = clients.get(service.id);
    if (known !== undefined) return known;
    const { connect = jsonConnection, now = Date.now } = transport;
    const client = createHttpClient(awsDialect(service.name), endpointOf(service, region, environment), {
      ...patience,
      ...transport,
      connect: signed(connect, { service, region, credentials, now }),
    });
    clients.set(service.id, client);
    return client;
  };

  return {
    call: async <T>(service: AwsService, call: Call) => (await clientOf(service).send(call)).body as T,
  };
};
