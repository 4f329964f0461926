import { type Call, pathOf } from "../http/call.ts";
import { type Connect, contentOf } from "../http/connection.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import { redact, secretsIn } from "../http/redact.ts";
import type { AwsCredentials, CredentialSource } from "./credentials.ts";
import type { AwsService } from "./services.ts";
import { signatureHeaders } from "./sigv4.ts";

export interface Signing {
  service: AwsService;
  region: string;
  credentials: CredentialSource;
  /** Milliseconds since 1970. */
  now: () => number;
}

const credentialsOf = async ({ service, credentials }: Signing): Promise<AwsCredentials> => {
  try {
    return await credentials();
  } catch (error) {
    if (error instanceof MissingCredentialsError) throw error;
    // The first line alone, and no cause: what follows can be the output of a program that hands out credentials.
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const next = "Sign in, or set the credentials that this program is to use.";
    throw new MissingCredentialsError(service.name, [`no credentials: ${reason}`], next);
  }
};

/** What the signature covers of the query; how it is spelt on the wire does not matter to it. */
const queryOf = ({ query = {} }: Call): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return `?${search}`;
};

/** The secrets inside a body, and those inside a JSON text that is one of them. */
const secretsInside = (body: unknown): string[] =>
  secretsIn(body).flatMap((secret) => {
    try {
      return [secret, ...secretsIn(JSON.parse(secret))];
    } catch {
      return [secret];
    }
  });

/**
 * Signs every attempt with credentials that are asked for then. A call of a service that is spoken to by operations
 * has the operation's name for a route.
 */
export const signed =
  (connect: Connect, signing: Signing): Connect =>
  (options) => {
    const attempt = connect(options);
    const { service, region, now } = signing;
    const { protocol } = service;

    type Headers = Record<string, string>;
    const asSent = (call: Call): { call: Call; content: Headers; signable: Headers } => {
      if (protocol.kind === "rest") return { call, content: {}, signable: {} };
      return {
        call: { ...call, route: "/" },
        content: { "content-type": `application/x-amz-json-${protocol.version}` },
        signable: { "x-amz-target": `${protocol.target}.${call.route}` },
      };
    };

    return async (given) => {
      const { call, content, signable } = asSent(given);
      const credentials = await credentialsOf(signing);
      const headers = signatureHeaders({
        method: call.method,
        url: `${options.baseUrl}${pathOf(call)}${queryOf(call)}`,
        headers: signable,
        body: contentOf(call, {}).text ?? "",
        service: service.id,
        region,
        credentials,
        time: now(),
      });
      const reply = await attempt(call, { ...content, ...headers });
      if (reply.kind !== "answer" || reply.answer.status < 300) return reply;
      const { sessionToken } = credentials;
      const secrets = [...secretsInside(call.body), ...(sessionToken === undefined ? [] : [sessionToken])];
      return { kind: "answer", answer: redact(reply.answer, secrets) };
    };
  };
