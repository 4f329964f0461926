import { AwsV4Signer } from "aws4fetch";
import { type Call, pathOf } from "../http/call.ts";
import { type Connect, contentOf } from "../http/connection.ts";
import { MissingCredentialsError } from "../http/errors.ts";
import { redact, secretsIn } from "../http/redact.ts";
import type { AwsCredentials, CredentialSource } from "./credentials.ts";
import type { AwsService } from "./services.ts";

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
 * has the operation's name for a route. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export const signed =
  (connect: Connect, signing: Signing): Connect =>
  (options) => {
    const attempt = connect(options);
    const { service, region, now } = signing;
    const { protocol } = service;

    const asSent = (call: Call): { call: Call; headers: Record<string, string> } => {
      if (protocol.kind === "rest") return { call, headers: {} };
      const headers = {
        "content-type": `application/x-amz-json-${protocol.version}`,
        "x-amz-target": `${protocol.target}.${call.route}`,
      };
      return { call: { ...call, route: "/" }, headers };
    };

    return async (given) => {
      const { call, headers } = asSent(given);
      const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(signing);
      const { text } = contentOf(call, {});
      const signer = new AwsV4Signer({
        method: call.method,
        url: `${options.baseUrl}${pathOf(call)}`,
        headers,
        accessKeyId,
        secretAccessKey,
        service: service.id,
        region,
        datetime: new Date(now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, ""),
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(text === undefined ? {} : { body: text }),
      });
      const signature = Object.fromEntries((await signer.sign()).headers);
      const reply = await attempt(call, signature);
      if (reply.kind !== "answer" || reply.answer.status < 300) return reply;
      const secrets = [...secretsInside(call.body), ...(sessionToken === undefined ? [] : [sessionToken])];
      return { kind: "answer", answer: redact(reply.answer, secrets) };
    };
  };
