/**
 * A Lambda function that calls Genesys Cloud. Environment: `GENESYS_SECRET_ARN`, the `secretArn` of the client in the
 * stack's outputs. Its role may read that secret.
 */
import {
  createFetch,
  credentialProvider,
  type GenesysFetch,
  secretsManagerSource,
} from "@genesys-credential-guard/client";

/** Asks for the queue of an event; the calls of all invocations share one credential and one token. */
export const createHandler =
  (genesys: GenesysFetch) =>
  async ({ queueId }: { queueId: string }): Promise<unknown> => {
    const response = await genesys(`/api/v2/routing/queues/${encodeURIComponent(queueId)}`);
    if (!response.ok) throw new Error(`Genesys Cloud answers ${response.status}.`);
    return response.json();
  };

// Outside the handler: it outlives the invocation.
const source = secretsManagerSource({ secretId: process.env.GENESYS_SECRET_ARN ?? "" });
const provider = credentialProvider({ source, onProblem: (problem) => console.warn(String(problem)) });

export const handler = createHandler(createFetch({ provider }));
