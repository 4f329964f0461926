import { emptyRecord } from "../../../core/rotation/credential-record.ts";
import { checkInputs } from "../../dynamic/check.ts";
import { changedProperties } from "../../dynamic/diff.ts";
import { present } from "../../dynamic/present.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import type { Session } from "../session.ts";
import { retireClient } from "./client-retirement.ts";
import { type HeldCredential, holdingCredential } from "./credential-lease.ts";
import { readCredential } from "./credential-reading.ts";
import { settleCredential } from "./credential-settling.ts";
import { findGenerations, readSecretState } from "./generations.ts";
import {
  type RotatedInputs,
  type RotatedOutputs,
  rotatedComparators,
  rotatedRules,
  rotatorsOwn,
} from "./rotated-client-inputs.ts";
import { LedgerGoneError } from "./rotation-errors.ts";

/** Deletes every generation, whatever its state. The secret is a resource of its own, and stays. */
const retireAll = async (session: Session, props: RotatedOutputs, held?: HeldCredential): Promise<void> => {
  const record = (await held?.record()) ?? emptyRecord;
  const secret = await readSecretState(session, props);
  const { owner, token } = props;
  const { all, taken } = await findGenerations(session, { owners: [owner], token }, secret, record);
  for (const generation of all) {
    await held?.stay();
    await retireClient(session, generation.id, { owner, token: generation.token });
  }
  if (record === emptyRecord) return;
  // A resource of the same name may have taken some over.
  const generations = record.generations.filter(({ clientId }) => taken.has(clientId));
  await held?.note({ ...emptyRecord, generations });
};

/** The provider of `genesys:RotatedClient`. Its resources have the prefix of their markers for an id. */
export const createRotatedClientProvider = (
  session: () => Session,
): ResourceProvider<RotatedInputs, RotatedOutputs> => ({
  check: async (olds, news) => {
    const { inputs, failures } = checkInputs(rotatedRules, news);
    const token = olds.token ?? session().newToken();
    // The rules and the inputs are two readings of one schema, which their types cannot say.
    return { inputs: { ...inputs, token } as unknown as RotatedInputs, failures };
  },

  diff: async (_id, olds, news) => ({
    changes: changedProperties(olds, news, rotatedComparators).length > 0 || olds.repair !== undefined,
    // A credential in use is never replaced: a new secret gets the current generation.
    replaces: [],
  }),

  create: async (news) => ({
    id: news.owner,
    outs: await settleCredential(news.owner, session(), news),
  }),

  read: (id, props) => readCredential(session(), id, props),

  update: async (id, olds, news) => {
    const changed = changedProperties(olds, news, rotatedComparators);
    const isRotatorsAffair =
      changed.length > 0 && changed.every((property) => rotatorsOwn.includes(property));
    if (isRotatorsAffair && olds.repair === undefined)
      return { outs: present({ ...olds, ...news }) as RotatedOutputs };
    return { outs: await settleCredential(id, session(), news, olds) };
  },

  delete: async (_id, props) => {
    try {
      await holdingCredential(session(), props, (held) => retireAll(session(), props, held));
    } catch (error) {
      if (!(error instanceof LedgerGoneError)) throw error;
      // Without a ledger the rotator changes nothing either.
      await retireAll(session(), props);
    }
  },
});
