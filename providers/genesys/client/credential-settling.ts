import type { OAuthClient, OAuthClientRequest } from "../../../apis/genesys/api.ts";
import { readMarker } from "../../../core/marker.ts";
import {
  type CredentialRecord,
  generationOf,
  withGeneration,
} from "../../../core/rotation/credential-record.ts";
import { firstVersionId, type SecretValue } from "../../../core/rotation/secret-value.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { present } from "../../dynamic/present.ts";
import { ifFound } from "../existence.ts";
import type { Session } from "../session.ts";
import type { RoleDivision } from "../types.ts";
import { describeClient, requestBody } from "./client-body.ts";
import { changeClient, type Making } from "./client-making.ts";
import { resolveRoles } from "./client-roles.ts";
import { type HeldCredential, holdingCredential } from "./credential-lease.ts";
import { formerPrefix, vetCurrent } from "./current-client.ts";
import { findIntended, findRemains, makeGeneration } from "./generation-making.ts";
import {
  findGenerations,
  type Generation,
  isLive,
  readSecretState,
  type SecretState,
} from "./generations.ts";
import { generationInputs, type RotatedInputs, type RotatedOutputs } from "./rotated-client-inputs.ts";
import { SecretUnavailableError } from "./rotation-errors.ts";
import { readVersion, storeCurrent } from "./secret-store.ts";

/** The outputs that describe a credential by one of its generations. */
export const describeGeneration = (
  client: OAuthClient,
  inputs: RotatedInputs,
  roles: RotatedInputs["roles"] = inputs.roles,
): RotatedOutputs => {
  const described = describeClient(client, generationInputs(inputs, inputs.token), roles);
  const { name, description, accessTokenValiditySeconds, allowedIps, roleDivisions } = described;
  return present({
    ...inputs,
    name,
    description,
    accessTokenValiditySeconds,
    roles,
    allowedIps,
    roleDivisions,
  }) as RotatedOutputs;
};

/** What a credential was before it was declared as it is now. */
type Former = Pick<RotatedOutputs, "owner" | "secretArn" | "awsRegion">;

/** One attempt at making a credential what is declared. */
interface Attempt {
  /** The resource's id. */
  id: string;
  session: Session;
  inputs: RotatedInputs;
  former: Former | undefined;
  roleDivisions: RoleDivision[];
  held: HeldCredential;
  secret: SecretState;
}

/** How a generation with that token is to be. A date on which the platform is to delete it stays. */
const makingOf = (
  { session, inputs, roleDivisions }: Attempt,
  token: string,
  dateToDelete?: string | undefined,
): Making => {
  const all = { ...generationInputs(inputs, token), ...(dateToDelete === undefined ? {} : { dateToDelete }) };
  const body: OAuthClientRequest = requestBody(all, roleDivisions);
  return { session, inputs: all, body };
};

/**
 * Notes, before tokens are made to live shorter, how long those may live that are in use: an old generation is kept
 * until its last token has ended.
 */
const withTokenLifetimes = (
  record: CredentialRecord,
  live: readonly Generation[],
  { inputs, secret, session }: Attempt,
): CredentialRecord =>
  live.reduce((noted, { id, client, token }) => {
    const known = generationOf(noted, id);
    const before = Math.max(client.accessTokenValiditySeconds ?? 0, known?.tokenLifetimeSeconds ?? 0);
    const isCurrent = id === secret.current?.held.clientId;
    if (before <= inputs.accessTokenValiditySeconds || (known === undefined && !isCurrent)) return noted;
    const madeAt = Date.parse(client.dateCreated ?? "") || session.now();
    const generation = known ?? { clientId: id, token, phase: "live" as const, madeAt };
    return withGeneration(noted, { ...generation, tokenLifetimeSeconds: before });
  }, record);

/** Gives every living generation what is declared; those that are gone meanwhile are left out of the answer. */
const changeGenerations = async (attempt: Attempt, live: readonly Generation[]): Promise<OAuthClient[]> => {
  const { held } = attempt;
  const record = await held.record();
  const noted = withTokenLifetimes(record, live, attempt);
  if (noted !== record) await held.note(noted);
  const reached: OAuthClient[] = [];
  for (const { id, client, token } of live) {
    await held.stay();
    const changed = await ifFound(() => changeClient(makingOf(attempt, token, client.dateToDelete), id));
    if (changed !== undefined) reached.push(changed);
  }
  return reached;
};

/** What the secret says that the credential had before, if that is another one. */
const readFormerSecret = async ({ session, inputs, former }: Attempt): Promise<SecretValue | undefined> =>
  former === undefined || former.secretArn === inputs.secretArn
    ? undefined
    : (await readVersion(session, former, { stage: "AWSCURRENT" }))?.held;

/** Stores the generation that the former secret names in the present one as it is. */
const carryOver = async (
  { session, inputs }: Attempt,
  held: SecretValue | undefined,
  reached: readonly OAuthClient[],
): Promise<OAuthClient | undefined> => {
  const client = reached.find(({ id }) => id === held?.clientId);
  if (held === undefined || client === undefined) return undefined;
  const token = readMarker(client.description)?.token ?? inputs.token;
  await storeCurrent(session, inputs, firstVersionId(inputs.owner, token), held);
  return client;
};

/** The credential's generations, also those that it had as another resource of its name. */
const findOwn = async ({ session, inputs, former, held, secret }: Attempt, formerValue?: SecretValue) => {
  const record = await held.record();
  const owners = [inputs.owner, ...(former === undefined ? [] : [former.owner])];
  const find = () => findGenerations(session, { owners, token: inputs.token }, secret, record, formerValue);
  let found = await find();
  const moved = former === undefined ? formerPrefix(session, inputs, found) : undefined;
  if (moved !== undefined) {
    owners.push(moved);
    found = await find();
  }
  vetCurrent(session, inputs, found);
  return { owners, live: found.all.filter(({ client }) => isLive(client)) };
};

const settle = async (attempt: Attempt): Promise<RotatedOutputs> => {
  const { id, session, inputs, former, held, secret } = attempt;
  const formerValue = await readFormerSecret(attempt);
  const { owners, live } = await findOwn(attempt, formerValue);
  const reached = await changeGenerations(attempt, live);
  const current =
    // A secret that had the credential before may name an old generation.
    (await carryOver(attempt, formerValue, reached)) ??
    reached.find((client) => client.id === secret.current?.held.clientId);
  if (current !== undefined) return describeGeneration(current, inputs);

  // Needed to store the secret: what is missing is said before a client is made.
  session.region();
  const isNew = former === undefined;
  const intended = await findIntended(session, owners, live, await held.record());
  const remains = await findRemains(session, [...live, ...intended], secret, isNew);
  // A token that was used before stands for a version of the secret that may still exist.
  const making = makingOf(attempt, isNew ? inputs.token : session.newToken());
  let made: OAuthClient | undefined;
  try {
    const client = await makeGeneration({ making, home: inputs, held }, remains, (client) => {
      made = client;
    });
    return describeGeneration(client, inputs);
  } catch (error) {
    if (made === undefined) throw error;
    const outs = { ...describeGeneration(made, inputs), repair: ["current"] };
    throw new PartialFailure(id, outs, [error instanceof Error ? error.message : String(error)], error);
  }
};

/**
 * Makes a credential what is declared: every living generation, and a current one, whose secret its users find.
 * `former` is what it was before; undefined for a new one. May be repeated after any failure.
 *
 * @throws CredentialBusyError, SecretUnavailableError, SecretTakenError, ForgottenInUseError, PartialFailure
 */
export const settleCredential = async (
  id: string,
  session: Session,
  inputs: RotatedInputs,
  former?: Former,
): Promise<RotatedOutputs> => {
  const { roleDivisions } = await resolveRoles(session, inputs.roles);
  return holdingCredential(session, inputs, async (held) => {
    const secret = await readSecretState(session, inputs);
    if (secret.state !== "there") throw new SecretUnavailableError(inputs.secretArn, secret.state);
    return settle({ id, session, inputs, former, roleDivisions, held, secret });
  });
};
