import type { OAuthClient } from "../../../apis/genesys/api.ts";
import {
  type CredentialRecord,
  withIntent,
  withoutIntent,
} from "../../../core/rotation/credential-record.ts";
import { firstVersionId } from "../../../core/rotation/secret-value.ts";
import { promote } from "../../../core/rotation/supersession.ts";
import { ForgottenInUseError } from "../errors.ts";
import { ifFound } from "../existence.ts";
import { idOf } from "../identity.ts";
import { ownership } from "../ownership.ts";
import type { Session } from "../session.ts";
import type { SecretHome } from "../types.ts";
import { changeClient, createClient, type Making } from "./client-making.ts";
import { resetSecret } from "./client-secret.ts";
import { requestsOf } from "./client-usage.ts";
import type { HeldCredential } from "./credential-lease.ts";
import { type Generation, isLive, type SecretState } from "./generations.ts";
import { storeCurrent } from "./secret-store.ts";

/**
 * The clients of which the ledger knows only that they were about to be made. The platform may show them late, so it
 * is asked a few times; one that was never made costs that wait.
 */
export const findIntended = async (
  { clients, patience }: Session,
  owners: readonly string[],
  generations: readonly Generation[],
  { intents }: CredentialRecord,
): Promise<Generation[]> => {
  const found: Generation[] = [];
  for (const { token } of intents) {
    if (generations.some((generation) => generation.token === token)) continue;
    const client = await patience.until(async () =>
      (await clients.now()).find(({ description }) =>
        owners.some((owner) => ownership(description, { owner, token }) === "ours"),
      ),
    );
    if (client !== undefined) found.push({ id: idOf(client), client, token });
  }
  return found;
};

/**
 * What an earlier attempt left before it had stored the secret: a living generation that no version of the secret
 * names and that was never used. The youngest, if there are several.
 *
 * One that is used is not touched. It ends the creation of a credential, because then a state or a secret was lost;
 * where the credential is known it is an old generation that is still in use.
 *
 * @throws ForgottenInUseError
 */
export const findRemains = async (
  session: Session,
  generations: readonly Generation[],
  { named }: SecretState,
  isNew: boolean,
): Promise<Generation | undefined> => {
  const unnamed = generations
    .filter(({ id, client }) => isLive(client) && !named.some(({ held }) => held.clientId === id))
    .sort((a, b) => (b.client.dateCreated ?? "").localeCompare(a.client.dateCreated ?? ""));
  let remains: Generation | undefined;
  for (const generation of unnamed) {
    const requests = await requestsOf(session, generation.client);
    if (requests === 0) remains ??= generation;
    else if (isNew)
      throw new ForgottenInUseError(
        generation.id,
        requests,
        "Restore the state, or the version of the secret that names the client; or delete it in the platform's administration once nobody uses it. Then run it again.",
      );
  }
  return remains;
};

/** The client, and its secret where that is known: what an earlier attempt left has one that nobody knows. */
const makeClient = async (
  making: Making,
  remains: Generation | undefined,
): Promise<{ client: OAuthClient; secret?: string | undefined }> => {
  const client = remains && (await ifFound(() => changeClient(making, remains.id)));
  if (client !== undefined) return { client };
  const made = await createClient(making);
  return { client: made, secret: made.secret };
};

/**
 * Makes a generation and stores its secret as the one that users read. `onMade` is told of the client before anything
 * else can fail.
 */
export const makeGeneration = async (
  { making, home, held }: { making: Making; home: SecretHome; held: HeldCredential },
  remains: Generation | undefined,
  onMade: (client: OAuthClient) => void,
): Promise<OAuthClient> => {
  const { session, inputs } = making;
  const { owner, token } = inputs;
  await held.stay();
  await held.note(withIntent(await held.record(), { token, at: session.now() }));
  const { client, secret } = await makeClient(making, remains);
  onMade(client);
  const clientId = idOf(client);
  await held.stay();
  const clientSecret = secret ?? (await resetSecret(session.api, clientId));
  // Noted before the change: what is current is never retired, whatever the ledger says.
  const madeAt = Date.parse(client.dateCreated ?? "") || session.now();
  const record =
    remains === undefined ? await held.record() : withoutIntent(await held.record(), remains.token);
  await held.note(promote(record, { clientId, token, madeAt }, undefined, session.now()));
  await storeCurrent(session, home, firstVersionId(owner, token), { clientId, clientSecret });
  return client;
};
