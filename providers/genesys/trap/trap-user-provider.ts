import * as v from "valibot";
import type { User } from "../../../apis/genesys/api.ts";
import { AmbiguousOutcomeError, ConflictError, VersionConflictError } from "../../../apis/genesys/errors.ts";
import { checkInputs, type InputsOf, inputRules } from "../../dynamic/check.ts";
import { type Comparators, changedProperties, exact, ignored, normalised } from "../../dynamic/diff.ts";
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
  NoTrapError,
  UnsettledError,
  WrongDivisionError,
} from "../refusals.ts";
import type { Session } from "../session.ts";
import { unconfirmedId, unconfirmedKey } from "../unconfirmed.ts";
import { differingAttributes, entanglements, nextPatch } from "./user-patch.ts";

const rules = inputRules({
  entries: {
    name: text,
    email: v.pipe(v.string(), v.email("It must be an e-mail address")),
    division: v.optional(text),
    department: v.optional(text),
    title: v.optional(text),
    state: v.optional(v.picklist(["active", "inactive"]), "active"),
    adoptId: v.optional(text),
  },
  examples: {
    name: "System Backup",
    email: "system.backup@example.com",
    division: "Home",
    department: "IT Operations",
    title: "Service Account",
    state: "active",
    adoptId: "5f1c0a3e-7b7e-4c55-9d0c-0d2a3a1f6b11",
  },
});

export type TrapUserInputs = InputsOf<typeof rules>;

export interface TrapUserOutputs extends TrapUserInputs {
  /** Absent while nobody knows whether the user was made. */
  userId?: string;
  divisionId: string;
}

/** Two addresses that differ in case alone reach the same user. */
const fold = (address: unknown): string => String(address ?? "").toLowerCase();

const comparators: Comparators<TrapUserInputs> = {
  name: exact,
  email: normalised(fold),
  division: exact,
  department: exact,
  title: exact,
  state: exact,
  adoptId: ignored,
};

/** PATCHes and fresh looks on the way to the wanted user; three PATCHes are the longest way. */
const maximumSteps = 8;

const nameOf = (user: User): string => `The user ${user.email} (${user.id})`;

const isElsewhere = (user: User, divisionId: string): boolean =>
  user.division?.id !== undefined && user.division.id !== divisionId;

/** In what the user is not what was asked for; its state aside, which a PATCH of its own sets. */
const differences = (user: User, inputs: TrapUserInputs, divisionId: string): string[] => [
  ...differingAttributes(user, inputs),
  ...(isElsewhere(user, divisionId) ? ["division"] : []),
];

const requireFit = (user: User, divisionId: string): void => {
  if (isElsewhere(user, divisionId)) throw new WrongDivisionError(nameOf(user), user.division, divisionId);
  const found = entanglements(user);
  if (found.length > 0) throw new NoTrapError(nameOf(user), found);
};

/**
 * Trap users. A user carries no text that an intruder could not read, so nothing marks one as ours. What says who
 * a user is, is its e-mail address, which it keeps for ever, deleted or not: so another address is another user,
 * although a PATCH could change it. Were it changed in place, the address could run into that of a trap deleted
 * earlier, and declaring the old address again would make a stranger instead of restoring this one.
 */
export const createTrapUserProvider = (
  open: () => Session,
): ResourceProvider<TrapUserInputs, TrapUserOutputs> => {
  const occupied = createOccupancy();

  const outputsOf = (userId: string, inputs: TrapUserInputs, divisionId: string): TrapUserOutputs => ({
    ...inputs,
    userId,
    divisionId,
  });

  /** The user itself, deleted or not: the search is behind and shows less. */
  const look = async (userId: string): Promise<User | undefined> => {
    const { users } = open().api;
    return (
      (await ifFound(() => users.get(userId))) ??
      (await ifFound(() => users.get(userId, { state: "deleted" })))
    );
  };

  const lookPatiently = async (userId: string): Promise<User> => {
    const user = await open().patience.until(() => look(userId));
    if (user === undefined) throw new GoneError(`The user ${userId}`);
    return user;
  };

  const findByEmail = async (email: string): Promise<User | undefined> => {
    const found = await open().api.users.findByEmail(email);
    return found === undefined ? undefined : lookPatiently(idOf(found));
  };

  /** The user in a version that is not the one we know: a read may be behind what the platform refuses. */
  const lookPast = async (known: User): Promise<User> => {
    const user = await open().patience.until(async () => {
      const seen = await look(idOf(known));
      return seen?.version === known.version ? undefined : seen;
    });
    if (user === undefined) throw new UnsettledError(nameOf(known), 1);
    return user;
  };

  /** Brings the user to what is declared. */
  const settle = async (user: User, inputs: TrapUserInputs): Promise<void> => {
    const userId = idOf(user);
    let current = user;
    for (let step = 0; step < maximumSteps; step += 1) {
      const patch = nextPatch(current, inputs);
      if (patch === undefined) return;
      try {
        current = await open().api.users.update(userId, { ...patch, version: current.version });
      } catch (error) {
        if (error instanceof VersionConflictError) current = await lookPast(current);
        // Nothing is lost by trying again: a PATCH that did take effect has raised the version.
        else if (!(error instanceof AmbiguousOutcomeError)) throw error;
      }
    }
    throw new UnsettledError(nameOf(user), maximumSteps);
  };

  /**
   * Decides whether a user with the declared address may become this resource.
   *
   * A deleted one may: nobody uses it. A living one may only if it has every declared attribute and no role, team
   * or telephone that the platform shows: then it is the work of a run that was killed before it could note it, or
   * its twin, which taking over does not change. Should it be deleted with the stack one day, that is a soft
   * delete, which restoring the user undoes.
   */
  const claim = (user: User, inputs: TrapUserInputs, divisionId: string): User => {
    const differing = user.state === "deleted" ? [] : differences(user, inputs, divisionId);
    if (differing.length > 0)
      throw new ExistsDifferentlyError(nameOf(user), user.id, differing, "declare another e-mail address");
    requireFit(user, divisionId);
    return user;
  };

  const findOrMake = async (inputs: TrapUserInputs, divisionId: string): Promise<User> => {
    const { api, patience } = open();
    const { name, email, department, title, state } = inputs;
    const existing = await findByEmail(email);
    if (existing !== undefined) return claim(existing, inputs, divisionId);
    try {
      return await api.users.create(present({ name, email, divisionId, department, title, state }));
    } catch (error) {
      if (error instanceof ConflictError) {
        const found = await patience.until(() => findByEmail(email));
        if (found === undefined) throw error;
        return claim(found, inputs, divisionId);
      }
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const found = await patience.until(() => findByEmail(email)).catch(() => undefined);
      if (found !== undefined) return claim(found, inputs, divisionId);
      throw new PartialFailure(unconfirmedId(email), { ...inputs, divisionId }, [error.message], error);
    }
  };

  const make = async (inputs: TrapUserInputs, divisionId: string) => {
    const user = await findOrMake(inputs, divisionId);
    const id = idOf(user);
    occupied.take(id);
    const outs = outputsOf(id, inputs, divisionId);
    try {
      await settle(user, inputs);
    } catch (error) {
      const reason = `${nameOf(user)} exists but is not finished: ${(error as Error).message}`;
      throw new PartialFailure(id, outs, [reason], error);
    }
    return { id, outs };
  };

  const adopt = async (userId: string, inputs: TrapUserInputs, divisionId: string) => {
    const user = await look(userId);
    if (user === undefined)
      throw new NotAdoptableError(userId, "there is no such user", "Correct the id, or remove adoptId.");
    if (fold(user.email) !== fold(inputs.email))
      throw new NotAdoptableError(
        userId,
        `its address is ${user.email}`,
        "Declare that address, or remove adoptId to have another user made.",
      );
    requireFit(user, divisionId);
    occupied.take(userId);
    await settle(user, inputs);
    return { id: userId, outs: outputsOf(userId, inputs, divisionId) };
  };

  /** The user behind a resource; undefined where an unconfirmed creation turns out to have made none. */
  const locate = async (id: string, props: TrapUserOutputs): Promise<string | undefined> => {
    if (unconfirmedKey(id) === undefined) return id;
    if (props.userId !== undefined) return props.userId;
    const user = await open().patience.until(() => findByEmail(props.email));
    const ours =
      user !== undefined &&
      user.state !== "deleted" &&
      differences(user, props, props.divisionId).length === 0;
    return ours ? user.id : undefined;
  };

  return {
    check: async (_olds, news) => {
      const result = checkInputs(rules, news);
      occupied.declare(result.inputs);
      return result;
    },

    diff: async (id, olds, news) => {
      const changed = changedProperties(olds, news, comparators);
      const replaces = changed.filter((property) => property === "email");
      if (replaces.length === 0) occupied.keep(olds.userId ?? id, news);
      return { changes: changed.length > 0, replaces };
    },

    create: async (inputs) => {
      const divisionId = await divisionIdOf(open(), inputs.division);
      return inputs.adoptId === undefined
        ? make(inputs, divisionId)
        : adopt(inputs.adoptId, inputs, divisionId);
    },

    read: async (id, props) => {
      const userId = await locate(id, props);
      const user = userId === undefined ? undefined : await ifFound(() => open().api.users.get(userId));
      if (userId === undefined || user === undefined || user.state === "deleted") return {};
      const found = entanglements(user);
      if (found.length > 0)
        open().warn(
          `${nameOf(user)} is more than bait: somebody gave it ${found.join(", ")}. Take that away, or every use of it sets off the alarm.`,
        );
      const { userId: _, divisionId, division, ...declared } = props;
      const { divisionId: actualDivisionId, ...placed } = placement({ divisionId, division }, user.division);
      const inputs = present({
        ...declared,
        ...placed,
        name: user.name ?? declared.name,
        email: fold(user.email) === fold(declared.email) ? declared.email : (user.email ?? declared.email),
        department: user.department || undefined,
        title: user.title || undefined,
        state: user.state === "inactive" ? ("inactive" as const) : ("active" as const),
      });
      return { id: userId, inputs, props: outputsOf(userId, inputs, actualDivisionId) };
    },

    update: async (id, olds, news) => {
      const divisionId = await divisionIdOf(open(), news.division);
      const userId = await locate(id, olds);
      if (userId === undefined) return { outs: (await make(news, divisionId)).outs };
      const user = await lookPatiently(userId);
      if (isElsewhere(user, divisionId))
        throw new WrongDivisionError(nameOf(user), user.division, divisionId);
      await settle(user, news);
      return { outs: outputsOf(userId, news, divisionId) };
    },

    delete: async (id, props) => {
      const userId = await locate(id, props);
      if (userId !== undefined) await remove(userId, occupied, () => open().api.users.delete(userId));
    },
  };
};
