import { Secret } from "../../../apis/http/secret.ts";
import { keptSecret } from "../../../functions/held-secret.ts";
import type { Clock, HeldSecret } from "../../../functions/ports.ts";
import { secretFor } from "../iam/secret-access.ts";
import type { Place } from "../place.ts";
import type { SecretsManager } from "../secrets-manager/index.ts";
import type { Caller } from "./caller.ts";

/** A secret of the functions' own in the simulated Secrets Manager. */
export const heldSecretPort = (
  model: SecretsManager,
  caller: Caller,
  place: Place,
  secretId: string,
  clock: Pick<Clock, "now">,
): HeldSecret =>
  keptSecret(
    () =>
      caller.call("heldSecrets", "read", secretId, () => {
        secretFor(caller, model.store, place, secretId, ["GetSecretValue"]);
        return new Secret(model.getSecretValue({ SecretId: secretId }).SecretString ?? "");
      }),
    clock.now,
  );
