import type { RotationApi } from "../../apis/genesys/api.ts";
import { InvalidCredentialsError } from "../../apis/genesys/errors.ts";
import { Secret } from "../../apis/http/secret.ts";
import type { RotatedCredential } from "../../core/rotation/credential.ts";
import { parseSecretValue, type SecretValue } from "../../core/rotation/secret-value.ts";
import { stages } from "../../core/rotation/step-guard.ts";
import type { ClientCredential } from "../ports.ts";
import { RotatorError } from "./errors.ts";
import type { Rotator } from "./rotator.ts";

export const clientCredential = ({ clientId, clientSecret }: SecretValue): ClientCredential => ({
  clientId,
  clientSecret: new Secret(clientSecret),
});

/** The value under a label of a secret; undefined where there is none that can be used. */
export const stagedValue = async (
  { ports }: Rotator,
  credential: RotatedCredential,
  stage: string,
): Promise<SecretValue | undefined> => {
  const text = await ports.secrets.value(credential.secretArn, { stage });
  return text && parseSecretValue(text.reveal());
};

const actorOf = ({ declarations }: Rotator, credential: RotatedCredential): RotatedCredential => {
  const id = credential.actor === "self" ? credential.id : declarations.masterId;
  const actor = declarations.credentials.find((each) => each.id === id);
  if (actor === undefined)
    throw new RotatorError(
      "bad-declarations",
      `The credential ${id}, with which the platform is called, is not among the declared ones. Deploy the stack again.`,
    );
  return actor;
};

const refused = (credential: RotatedCredential, cause: unknown): RotatorError =>
  new RotatorError(
    "login-refused",
    `The platform refuses the credential ${credential.id}, with which this function calls it: neither the current nor the previous version of ${credential.secretArn} can log in. ` +
      "It was revoked, deleted or edited by hand, or this address is outside the organisation's allowlist. Run `pulumi up` with the deploy key, which makes its client again or resets its secret; until then nothing is rotated, and nothing is deleted.",
    { cause },
  );

/** How long a warm function goes on as the actor without reading its secret again. */
const rememberedMilliseconds = 60_000;

interface Remembered {
  api: RotationApi;
  until: number;
}

/** The actors that a function has lately logged in as, by id. */
const remembered = new WeakMap<Rotator, Map<string, Remembered>>();

/** The session, or the platform's refusal of its credential. */
const loggedIn = async (api: RotationApi): Promise<RotationApi | InvalidCredentialsError> => {
  try {
    await api.session.login();
    return api;
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return error;
    throw error;
  }
};

/**
 * The platform, with the rights by which this credential is changed. Where the actor's current secret cannot log in,
 * as after an edit by hand, its previous one is tried: it works for as long as it is being drained.
 *
 * A warm function stays logged in for up to a minute, which is less than any generation is drained. A platform that
 * has come to refuse the session makes it log in again, and if that is refused too, the secret is read again.
 *
 * @throws RotatorError login-refused
 */
export const actFor = async (rotator: Rotator, credential: RotatedCredential): Promise<RotationApi> => {
  const actor = actorOf(rotator, credential);
  const { clock } = rotator.ports;
  const known = remembered.get(rotator) ?? new Map<string, Remembered>();
  remembered.set(rotator, known);
  const last = known.get(actor.id);
  if (last !== undefined && clock.now() < last.until) {
    const api = await loggedIn(last.api);
    if (!(api instanceof InvalidCredentialsError)) return api;
  }
  known.delete(actor.id);
  let cause: unknown;
  for (const stage of [stages.current, stages.previous]) {
    const readAt = clock.now();
    const value = await stagedValue(rotator, actor, stage);
    if (value === undefined) continue;
    const api = await loggedIn(rotator.as(clientCredential(value)));
    if (api instanceof InvalidCredentialsError) {
      cause = api;
      continue;
    }
    if (stage === stages.current) known.set(actor.id, { api, until: readAt + rememberedMilliseconds });
    return api;
  }
  throw refused(actor, cause);
};
