import { isFields, isText } from "../../core/leak/fields.ts";
import type { Clock, HeldSecret } from "../ports.ts";
import { RevokerError } from "./errors.ts";

/** A wrong signature has the secrets read again at most so often: anybody can send one. */
const freshMilliseconds = 60_000;

/** @throws RevokerError bad-declarations */
const parse = (text: string): readonly string[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const secrets = isFields(value) ? [value.current, value.previous].filter(isText) : [];
  if (secrets.length === 0)
    throw new RevokerError(
      "bad-declarations",
      'The webhook\'s secret holds none: it is JSON {"current": ..., "previous": ...}. Run `pulumi up`.',
    );
  return secrets;
};

/** Asks the webhook's secrets, and once more, as they are now, where none of those at hand fits. */
export const createSecretCheck = (held: HeldSecret, clock: Pick<Clock, "now">) => {
  let readAgainAt = Number.NEGATIVE_INFINITY;
  return async (fits: (secrets: readonly string[]) => boolean): Promise<boolean> => {
    if (fits(parse((await held.read()).reveal()))) return true;
    if (clock.now() < readAgainAt) return false;
    readAgainAt = clock.now() + freshMilliseconds;
    return fits(parse((await held.read({ fresh: true })).reveal()));
  };
};
