import type { OAuthClient, OAuthClientRequest } from "../../../apis/genesys/api.ts";
import { AmbiguousOutcomeError, RoleNotHeldError } from "../../../apis/genesys/errors.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { belongsToAnother, NotAdoptableError, OutcomeUnknownError, SecretLostError } from "../errors.ts";
import { ifFound } from "../existence.ts";
import { idOf } from "../identity.ts";
import { ownership } from "../ownership.ts";
import { permissionWaitsMilliseconds } from "../patience.ts";
import type { Session } from "../session.ts";
import { describeClient } from "./client-body.ts";
import type { ClientInputs, ClientOutputs } from "./client-inputs.ts";
import { resetSecret } from "./client-secret.ts";
import { type SecretOutputs, storedSecret, storeSecret } from "./secret-sink.ts";

/** A client in the making: what is declared, and the request that says it. */
export interface Making {
  session: Session;
  inputs: ClientInputs;
  body: OAuthClientRequest;
}

export interface Made {
  id: string;
  outs: ClientOutputs;
}

/**
 * Makes or changes a client, and waits where the platform does not yet know that the caller holds a role which this
 * run gave it.
 */
const whenHeld = async <T extends object>({ session, body }: Making, call: () => Promise<T>): Promise<T> => {
  const { patience, taken } = session;
  if (!(body.roleDivisions ?? []).some(({ roleId }) => taken.has(roleId))) return call();
  let refusal: unknown;
  const done = await patience.until(async () => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RoleNotHeldError)) throw error;
      refusal = error;
      return undefined;
    }
  }, permissionWaitsMilliseconds);
  if (done === undefined) throw refusal;
  return done;
};

/** Gives an existing client everything that is declared of it but the secret. */
export const changeClient = (making: Making, clientId: string): Promise<OAuthClient> =>
  whenHeld(making, async () => {
    const { session, inputs, body } = making;
    session.clients.changed(clientId, inputs);
    return session.api.oauthClients.update(clientId, body);
  });

/** The outputs of a client whose secret stays as it is. */
export const keepSecret = ({ inputs }: Making, client: OAuthClient, kept: Partial<SecretOutputs>): Made => {
  const { secretGeneration } = inputs;
  return {
    id: idOf(client),
    outs: { ...describeClient(client, inputs, inputs.roles), ...kept, secretGeneration },
  };
};

/**
 * Has the client's secret issued and puts it away. If that fails, the state keeps the client as unfinished, with
 * the secret that it had, if any: the next deployment issues another.
 *
 * @throws PartialFailure
 */
export const issueSecret = async (
  { session, inputs }: Making,
  client: OAuthClient,
  issue: () => Promise<string> = () => resetSecret(session.api, idOf(client)),
  had: Partial<SecretOutputs> = {},
): Promise<Made> => {
  const id = idOf(client);
  const outs = describeClient(client, inputs, inputs.roles);
  try {
    const issued = { owner: inputs.owner, clientId: id, secret: await issue() };
    const stored = await storeSecret(session, inputs.secretSink, issued);
    return { id, outs: { ...outs, ...stored, secretGeneration: inputs.secretGeneration } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PartialFailure(id, { ...outs, ...had }, [reason], error);
  }
};

/**
 * The outputs of a client whose secret goes to another place as it is: to have another issued, which nobody asked
 * for, would stop everybody who uses it.
 *
 * @throws SecretLostError
 */
export const moveSecret = async (
  making: Making,
  client: OAuthClient,
  { secretSink: from }: Pick<ClientOutputs, "secretSink">,
  had: Partial<SecretOutputs>,
): Promise<Made> => {
  const { session, inputs } = making;
  // That of an adopted client was never known.
  if (had.secretFingerprint === undefined) return keepSecret(making, client, {});
  const clientId = idOf(client);
  const secret = await storedSecret(session, from, clientId, had);
  if (secret === undefined) throw new SecretLostError(clientId, inputs.secretGeneration + 1);
  const { owner } = inputs;
  return keepSecret(
    making,
    client,
    await storeSecret(session, inputs.secretSink, { owner, clientId, secret }),
  );
};

/** Takes over the client that `adoptId` names. Its secret stays, and stays unknown, unless a reset is declared. */
export const adoptClient = async (making: Making, id: string): Promise<Made> => {
  const { session, inputs } = making;
  const found = await ifFound(() => session.api.oauthClients.get(id));
  if (found === undefined || found.state === "deleted")
    throw new NotAdoptableError(id, "there is no such client", "Correct the id, or remove adoptId.");
  if (found.authorizedGrantType !== inputs.authorizedGrantType)
    throw new NotAdoptableError(
      id,
      `its grant type is ${found.authorizedGrantType}, which cannot change`,
      `Declare authorizedGrantType: "${found.authorizedGrantType}", or remove adoptId to make a new client.`,
    );
  if (ownership(found.description, inputs) === "foreign") throw belongsToAnother(id, found.description);
  const client = await changeClient(making, id);
  return inputs.secretGeneration > 0 ? issueSecret(making, client) : keepSecret(making, client, {});
};

/** Takes over what an earlier, half-done create left; undefined if it is gone meanwhile. */
export const finishOrphan = async (making: Making, orphan: OAuthClient): Promise<Made | undefined> => {
  const client = await ifFound(() => changeClient(making, idOf(orphan)));
  return client && issueSecret(making, client);
};

/**
 * Makes a client. Where the answer is lost, the client is looked up by its marker; there is no second create,
 * because the first may still come true, and then there would be two.
 *
 * @throws OutcomeUnknownError
 */
export const createClient = async (making: Making): Promise<OAuthClient> => {
  const { session, inputs, body } = making;
  const client = await whenHeld(making, () => session.api.oauthClients.create(body)).catch(
    async (error: unknown) => {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const found = await session.patience.until(async () =>
        (await session.clients.now()).find(({ description }) => ownership(description, inputs) === "ours"),
      );
      if (found === undefined) throw new OutcomeUnknownError(`OAuth client "${inputs.name}"`, error);
      return found;
    },
  );
  session.clients.changed(idOf(client), inputs);
  return client;
};

/** Makes a client and puts its secret away. */
export const makeClient = async (making: Making): Promise<Made> => {
  const client = await createClient(making);
  const { secret } = client;
  return issueSecret(making, client, secret === undefined ? undefined : async () => secret);
};
