import * as v from "valibot";
import type { Queue } from "../../../apis/genesys/api.ts";
import { AmbiguousOutcomeError, ConflictError, InvalidRequestError } from "../../../apis/genesys/errors.ts";
import { checkInputs, type InputsOf, inputRules } from "../../dynamic/check.ts";
import { type Comparators, changedProperties, exact, ignored } from "../../dynamic/diff.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { present } from "../../dynamic/present.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import { text } from "../../dynamic/text.ts";
import { divisionIdOf, placement } from "../division.ts";
import { NotAdoptableError } from "../errors.ts";
import { ifFound, remove } from "../existence.ts";
import { idOf } from "../identity.ts";
import { createOccupancy } from "../occupancy.ts";
import {
  ExistsDifferentlyError,
  GoneError,
  InUseError,
  NoTrapError,
  WrongDivisionError,
} from "../refusals.ts";
import type { Session } from "../session.ts";
import { unconfirmedId, unconfirmedKey } from "../unconfirmed.ts";

const rules = inputRules({
  entries: {
    name: text,
    description: v.optional(text),
    division: v.optional(text),
    adoptId: v.optional(text),
  },
  examples: {
    name: "Payments Escalation (old)",
    description: "Kept for the 2021 migration.",
    division: "Home",
    adoptId: "5f1c0a3e-7b7e-4c55-9d0c-0d2a3a1f6b11",
  },
});

export type TrapQueueInputs = InputsOf<typeof rules>;

export interface TrapQueueOutputs extends TrapQueueInputs {
  /** Absent while nobody knows whether the queue was made. */
  queueId?: string;
  divisionId: string;
}

const comparators: Comparators<TrapQueueInputs> = {
  name: exact,
  description: exact,
  division: exact,
  adoptId: ignored,
};

const nameOf = (queue: Queue): string => `The queue ${queue.name} (${queue.id})`;

/** In what the queue is not what was asked for. */
const differences = (queue: Queue, inputs: TrapQueueInputs, divisionId: string): string[] => [
  ...(queue.name === inputs.name ? [] : ["name"]),
  ...((queue.description ?? "") === (inputs.description ?? "") ? [] : ["description"]),
  ...((queue.division?.id ?? divisionId) === divisionId ? [] : ["division"]),
];

const requireEmpty = (queue: Queue): void => {
  if ((queue.memberCount ?? 0) > 0) throw new NoTrapError(nameOf(queue), [`${queue.memberCount} members`]);
};

/** The platform says that the name is taken in two ways. */
const isTaken = (error: unknown): boolean =>
  error instanceof ConflictError ||
  (error instanceof InvalidRequestError && error.message.includes("duplicate.name"));

/**
 * A queue of the declared name may become this resource only if it equals the declaration and nobody works in it:
 * then it is the work of a run that was killed before it could note it, or its twin, which taking over does not
 * change.
 */
const claim = (queue: Queue, inputs: TrapQueueInputs, divisionId: string): Queue => {
  const differing = differences(queue, inputs, divisionId);
  if (differing.length > 0)
    throw new ExistsDifferentlyError(nameOf(queue), queue.id, differing, "declare another name");
  requireEmpty(queue);
  return queue;
};

/**
 * Trap queues. A queue carries no text that an intruder could not read, so nothing marks one as ours; its name,
 * unique in the organisation, is what `create` looks up.
 */
export const createTrapQueueProvider = (
  open: () => Session,
): ResourceProvider<TrapQueueInputs, TrapQueueOutputs> => {
  const occupied = createOccupancy();

  const outputsOf = (queueId: string, inputs: TrapQueueInputs, divisionId: string): TrapQueueOutputs => ({
    ...inputs,
    queueId,
    divisionId,
  });

  const look = async (queueId: string): Promise<Queue> => {
    const { api, patience } = open();
    const queue = await patience.until(() => ifFound(() => api.queues.get(queueId)));
    if (queue === undefined) throw new GoneError(`The queue ${queueId}`);
    return queue;
  };

  /** The queue itself: the listing is behind and shows less. */
  const find = async (name: string): Promise<Queue | undefined> => {
    const [found] = await open().api.queues.findByName(name);
    return found === undefined ? undefined : look(idOf(found));
  };

  const make = async (inputs: TrapQueueInputs, divisionId: string) => {
    const { api, patience } = open();
    const { name, description } = inputs;
    const made = (queue: Queue) => {
      const id = idOf(queue);
      occupied.take(id);
      return { id, outs: outputsOf(id, inputs, divisionId) };
    };
    const existing = await find(name);
    if (existing !== undefined) return made(claim(existing, inputs, divisionId));
    try {
      return made(await api.queues.create(present({ name, description, division: { id: divisionId } })));
    } catch (error) {
      if (isTaken(error)) {
        const found = await patience.until(() => find(name));
        if (found === undefined) throw error;
        return made(claim(found, inputs, divisionId));
      }
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const found = await patience.until(() => find(name)).catch(() => undefined);
      if (found !== undefined) return made(claim(found, inputs, divisionId));
      throw new PartialFailure(unconfirmedId(name), { ...inputs, divisionId }, [error.message], error);
    }
  };

  /** PUT replaces the whole queue, so what is not declared goes back as it came. */
  const settle = async (queue: Queue, inputs: TrapQueueInputs, divisionId: string): Promise<void> => {
    if (differences(queue, inputs, divisionId).length === 0) return;
    const updated = await open().api.queues.update(idOf(queue), {
      ...queue,
      name: inputs.name,
      description: inputs.description ?? "",
      division: { id: divisionId },
    });
    if ((updated.division?.id ?? divisionId) !== divisionId)
      throw new WrongDivisionError(nameOf(updated), updated.division, divisionId);
  };

  /** The queue behind a resource; undefined where an unconfirmed creation turns out to have made none. */
  const locate = async (id: string, props: TrapQueueOutputs): Promise<string | undefined> => {
    if (unconfirmedKey(id) === undefined) return id;
    if (props.queueId !== undefined) return props.queueId;
    const queue = await open().patience.until(() => find(props.name));
    const ours = queue !== undefined && differences(queue, props, props.divisionId).length === 0;
    return ours ? queue.id : undefined;
  };

  return {
    check: async (_olds, news) => {
      const result = checkInputs(rules, news);
      occupied.declare(result.inputs);
      return result;
    },

    diff: async (id, olds, news) => {
      occupied.keep(olds.queueId ?? id, news);
      return { changes: changedProperties(olds, news, comparators).length > 0 };
    },

    create: async (inputs) => {
      const divisionId = await divisionIdOf(open(), inputs.division);
      if (inputs.adoptId === undefined) return make(inputs, divisionId);
      const queueId = inputs.adoptId;
      const queue = await ifFound(() => open().api.queues.get(queueId));
      if (queue === undefined)
        throw new NotAdoptableError(queueId, "there is no such queue", "Correct the id, or remove adoptId.");
      requireEmpty(queue);
      occupied.take(queueId);
      await settle(queue, inputs, divisionId);
      return { id: queueId, outs: outputsOf(queueId, inputs, divisionId) };
    },

    read: async (id, props) => {
      const queueId = await locate(id, props);
      const queue = queueId === undefined ? undefined : await ifFound(() => open().api.queues.get(queueId));
      if (queueId === undefined || queue === undefined) return {};
      const { queueId: _, divisionId, division, ...declared } = props;
      const { divisionId: actualDivisionId, ...placed } = placement({ divisionId, division }, queue.division);
      const inputs = present({
        ...declared,
        ...placed,
        name: queue.name ?? declared.name,
        description: queue.description || undefined,
      });
      return { id: queueId, inputs, props: outputsOf(queueId, inputs, actualDivisionId) };
    },

    update: async (id, olds, news) => {
      const divisionId = await divisionIdOf(open(), news.division);
      const queueId = await locate(id, olds);
      if (queueId === undefined) return { outs: (await make(news, divisionId)).outs };
      await settle(await look(queueId), news, divisionId);
      return { outs: outputsOf(queueId, news, divisionId) };
    },

    /** Never by force: that would drop whoever is waiting in it. */
    delete: async (id, props) => {
      const queueId = await locate(id, props);
      if (queueId === undefined) return;
      await remove(queueId, occupied, async () => {
        try {
          await open().api.queues.delete(queueId, { forceDelete: false });
        } catch (error) {
          if (!(error instanceof ConflictError || error instanceof InvalidRequestError)) throw error;
          throw new InUseError(`The queue ${props.name} (${queueId})`, error);
        }
      });
    },
  };
};
