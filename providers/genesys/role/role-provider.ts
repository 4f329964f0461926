import type { DomainOrganizationRole } from "../../../apis/genesys/api.ts";
import {
  AmbiguousOutcomeError,
  ConflictError,
  MissingPermissionError,
} from "../../../apis/genesys/errors.ts";
import { marker } from "../../../core/marker.ts";
import { checkInputs } from "../../dynamic/check.ts";
import {
  type Comparators,
  changedProperties,
  exact,
  ignored,
  normalised,
  unordered,
} from "../../dynamic/diff.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { present } from "../../dynamic/present.ts";
import type { ResourceProvider } from "../../dynamic/provider.ts";
import { belongsToAnother, NameTakenError, NotAdoptableError, OutcomeUnknownError } from "../errors.ts";
import { ifFound } from "../existence.ts";
import { idOf } from "../identity.ts";
import { orphansOf, ownership } from "../ownership.ts";
import type { Session } from "../session.ts";
import { describeRole, type RoleInputs, type RoleOutputs, requestBody, roleRules } from "./role-body.ts";

const comparators: Comparators<RoleInputs> = {
  // Both stand in the marker, which is compared as a whole.
  owner: ignored,
  token: ignored,
  name: exact,
  description: normalised((text) => (text === "" ? undefined : text)),
  permissions: unordered(),
  // Says how the resource came to its role, not what the role is.
  adoptId: ignored,
};

const isDefault = ({ default: flag, defaultRoleId }: DomainOrganizationRole): boolean =>
  flag === true || defaultRoleId !== undefined;

export const createRoleProvider = (session: () => Session): ResourceProvider<RoleInputs, RoleOutputs> => {
  const store = async (id: string, inputs: RoleInputs): Promise<DomainOrganizationRole> => {
    const { api, roles } = session();
    try {
      return await api.roles.update(id, requestBody(inputs));
    } finally {
      roles.changed();
    }
  };

  const listedNow = (): Promise<readonly DomainOrganizationRole[]> => {
    session().roles.changed();
    return session().roles.all();
  };

  const adopt = async (inputs: RoleInputs, id: string): Promise<DomainOrganizationRole> => {
    const found = await ifFound(() => session().api.roles.get(id));
    if (found === undefined)
      throw new NotAdoptableError(id, "there is no such role", "Correct the id, or remove adoptId.");
    if (isDefault(found))
      throw new NotAdoptableError(
        id,
        `${JSON.stringify(found.name)} is a default role of the platform`,
        "Copy it into a custom role, and adopt that.",
      );
    if (ownership(found.description, inputs) === "foreign") throw belongsToAnother(id, found.description);
    return store(id, inputs);
  };

  /** Gives the role to the deploying client; if that fails, the state keeps the role as unfinished. */
  const finish = async (role: DomainOrganizationRole, inputs: RoleInputs) => {
    const { api, taken, warn } = session();
    const id = idOf(role);
    const outs = describeRole(role, inputs);
    try {
      // The platform refuses a client with roles that its maker does not hold.
      await api.grants.addToCaller([{ roleId: id, divisionId: "*" }]);
      taken.add(id);
      return { id, outs: { ...outs, givenToDeployer: true } };
    } catch (error) {
      if (!(error instanceof MissingPermissionError))
        throw new PartialFailure(id, outs, [error instanceof Error ? error.message : String(error)], error);
      warn(`Role "${inputs.name}" was made, but not given to the deploying client: ${error.message}`);
      return { id, outs: { ...outs, givenToDeployer: false } };
    }
  };

  const deleteAll = async (orphans: readonly DomainOrganizationRole[]): Promise<void> => {
    const { api, roles } = session();
    for (const orphan of orphans) {
      await ifFound(() => api.roles.delete(idOf(orphan)));
      roles.changed();
    }
  };

  /** The role that an earlier, half-done create of this resource left behind; others of them are deleted. */
  const takeOrphan = async ({ owner, adoptId }: RoleInputs): Promise<DomainOrganizationRole | undefined> => {
    const { claimed, roles } = session();
    const orphans = orphansOf(await roles.all(), owner, claimed).filter(({ id }) => id !== adoptId);
    const heir = adoptId === undefined ? orphans[0] : undefined;
    await deleteAll(orphans.filter((each) => each !== heir));
    return heir;
  };

  const make = async (inputs: RoleInputs): Promise<DomainOrganizationRole> => {
    const { api, patience, roles } = session();
    try {
      return await api.roles.create(requestBody(inputs));
    } catch (error) {
      if (error instanceof ConflictError) {
        const name = inputs.name.toLowerCase();
        const taken = (await listedNow()).find((role) => role.name?.toLowerCase() === name);
        throw taken === undefined ? error : new NameTakenError("role", inputs.name, idOf(taken));
      }
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const role = await patience.until(async () =>
        (await listedNow()).find((each) => ownership(each.description, inputs) === "ours"),
      );
      // No second create: the first may still come true.
      if (role === undefined) throw new OutcomeUnknownError(`Role "${inputs.name}"`, error);
      return role;
    } finally {
      roles.changed();
    }
  };

  return {
    check: async (olds, news) => {
      const { inputs, failures } = checkInputs(roleRules, news);
      const token = olds.token ?? session().newToken();
      session().claimed.add(token);
      return { inputs: { ...inputs, token }, failures };
    },

    diff: async (_id, olds, news) => ({
      changes:
        changedProperties(olds, news, comparators).length > 0 ||
        olds.marker !== marker(news.owner, news.token) ||
        olds.givenToDeployer === undefined,
    }),

    create: async (inputs) => {
      const orphan = await takeOrphan(inputs);
      const taken = orphan === undefined ? undefined : await ifFound(() => store(idOf(orphan), inputs));
      const role =
        inputs.adoptId === undefined ? (taken ?? (await make(inputs))) : await adopt(inputs, inputs.adoptId);
      return finish(role, inputs);
    },

    read: async (id, props) => {
      const role = await session().roles.withId(id);
      if (role === undefined) return {};
      const { givenToDeployer } = props;
      const outs = {
        ...describeRole(role, props),
        ...(givenToDeployer === undefined ? {} : { givenToDeployer }),
      };
      const { owner, token, name, description, permissions, adoptId } = outs;
      const inputs = present({ owner, token, name, description, permissions, adoptId }) as RoleInputs;
      return { id, props: outs, inputs };
    },

    update: async (id, _olds, inputs) => ({ outs: (await finish(await store(id, inputs), inputs)).outs }),

    delete: async (id, props) => {
      const { api, roles, warn } = session();
      const role = await ifFound(() => api.roles.get(id));
      const owned = ownership(role?.description, props);
      if (owned === "sibling" || owned === "foreign") {
        warn(`Role ${id} was taken over by another resource since, and stays.`);
        return;
      }
      // A role that a read does not show may have been made a moment ago.
      await ifFound(() => api.roles.delete(id));
      roles.changed();
    },
  };
};
