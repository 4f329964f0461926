import type { OAuthClient } from "../../../apis/genesys/api.ts";
import { readMarker } from "../../../core/marker.ts";
import { idOf } from "../identity.ts";
import type { Session } from "../session.ts";
import { type Generations, isLive } from "./generations.ts";
import type { RotatedInputs } from "./rotated-client-inputs.ts";
import { SecretTakenError } from "./rotation-errors.ts";

/** Stack and logical name: a marker's prefix without the digest of type and parent. */
const nameIn = (prefix: string): string => prefix.replace(/~[0-9a-f]{8}$/, "");

/** The client that the secret names as current, if it works and is not a generation of the credential. */
const stranger = ({ all, current }: Generations): OAuthClient | undefined =>
  current !== undefined && isLive(current) && !all.some(({ id }) => id === current.id) ? current : undefined;

/**
 * The marker's prefix under which the credential lived in this secret until now, where it is new to the state and was
 * another type of resource, or below another parent, under the same name. Its clients are taken over as they are, so
 * that nobody who uses them notices; the old resource, deleted afterwards, leaves alone what carries another marker.
 */
export const formerPrefix = (
  { claimed }: Session,
  { owner }: RotatedInputs,
  generations: Generations,
): string | undefined => {
  const current = stranger(generations);
  const found = readMarker(current?.description);
  const isMoved =
    found !== undefined &&
    nameIn(found.prefix) === nameIn(owner) &&
    current?.authorizedGrantType === "CLIENT-CREDENTIALS" &&
    // The program still declares that resource as well.
    !claimed.has(found.token);
  return isMoved ? found.prefix : undefined;
};

/**
 * What the secret names must not be another resource's; what is nobody's stays as it is.
 *
 * @throws SecretTakenError
 */
export const vetCurrent = (
  { warn }: Session,
  { secretArn }: RotatedInputs,
  generations: Generations,
): void => {
  const current = stranger(generations);
  if (current === undefined) return;
  if (readMarker(current.description) !== undefined)
    throw new SecretTakenError(secretArn, idOf(current), current.description);
  warn(
    `The secret ${secretArn} held OAuth client ${current.id}, which carries no marker and is not known as a generation of this credential. It stays on the platform as it is: delete it there once nobody uses it.`,
  );
};
