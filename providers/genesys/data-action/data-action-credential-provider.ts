import * as v from "valibot";
import { AmbiguousOutcomeError } from "../../../apis/genesys/errors.ts";
import { marker, readMarker } from "../../../core/marker.ts";
import { checkInputs, holdsUnknown, inputRules } from "../../dynamic/check.ts";
import { PartialFailure } from "../../dynamic/partial.ts";
import { present } from "../../dynamic/present.ts";
import { isUnknown, type ResourceProvider } from "../../dynamic/provider.ts";
import { text } from "../../dynamic/text.ts";
import { NotAdoptableError } from "../errors.ts";
import { ifFound, remove } from "../existence.ts";
import { idOf } from "../identity.ts";
import { createOccupancy } from "../occupancy.ts";
import type { Session } from "../session.ts";
import type { DataActionAuthentication } from "../types.ts";
import { unconfirmedId, unconfirmedKey } from "../unconfirmed.ts";
import {
  type AuthenticationKind,
  authentication,
  credentialFields,
  fieldsFingerprint,
  kindOf,
  typeNameOf,
} from "./data-action-authentication.ts";

const rules = inputRules({
  entries: {
    name: text,
    authentication,
    adoptId: v.optional(text),
    /** Whose the credential is: its name until it is finished. */
    owner: text,
  },
  examples: {
    name: "Customer lookup",
    authentication: { kind: "awsRole", roleArn: "arn:aws:iam::111122223333:role/genesys-data-actions" },
    adoptId: "5f1c0a3e-7b7e-4c55-9d0c-0d2a3a1f6b11",
    owner: "guard:acme/credentials/prod/lookup~0a1b2c3d",
  },
  secrets: ["authentication"],
});

interface Declared {
  name: string;
  adoptId?: string | undefined;
  owner: string;
}

export interface DataActionCredentialInputs extends Declared {
  /** Absent from what a refresh answers: the platform never gives it back, and the state does not keep it. */
  authentication?: DataActionAuthentication | undefined;
}

export interface DataActionCredentialOutputs extends Declared {
  /** Absent while nobody knows whether the credential was made. */
  credentialId?: string;
  /** Absent where somebody has put a type in its place that this resource has no form for. */
  kind?: AuthenticationKind;
  /** SHA-256 of the fields; absent until they are certain to be there. */
  fieldsFingerprint?: string;
}

const knownKind = (given: DataActionAuthentication | undefined): AuthenticationKind | undefined =>
  given === undefined || isUnknown(given) || isUnknown(given.kind) ? undefined : given.kind;

/**
 * Credentials of data actions. The platform never gives their fields back, and the state holds a fingerprint
 * instead of them: so a refresh finds a credential that is gone or renamed, and not one whose fields were changed
 * by hand.
 *
 * Names are not unique, so a credential is made under a marker and renamed when it is certain to be ours.
 */
export const createDataActionCredentialProvider = (
  open: () => Session,
): ResourceProvider<DataActionCredentialInputs, DataActionCredentialOutputs> => {
  const occupied = createOccupancy();

  /** `check` has seen to it that there is one. */
  const given = ({ authentication: declared }: DataActionCredentialInputs): DataActionAuthentication => {
    if (declared === undefined) throw new Error("authentication is missing.");
    return declared;
  };

  const body = (name: string, declared: DataActionAuthentication) => ({
    name,
    type: { name: typeNameOf(declared.kind) },
    credentialFields: credentialFields(declared),
  });

  /** What is known before the credential is certain to hold the declared fields. */
  const unfinished = ({ authentication: declared, ...rest }: DataActionCredentialInputs) => ({
    ...rest,
    ...(declared === undefined ? {} : { kind: declared.kind }),
  });

  /** One call, which may be repeated, brings the credential to what is declared. */
  const settle = async (
    credentialId: string,
    inputs: DataActionCredentialInputs,
  ): Promise<DataActionCredentialOutputs> => {
    const declared = given(inputs);
    await open().api.credentials.update(credentialId, body(inputs.name, declared));
    return { ...unfinished(inputs), credentialId, fieldsFingerprint: fieldsFingerprint(declared) };
  };

  const named = async (name: string): Promise<string | undefined> =>
    (await open().api.credentials.list()).find((credential) => credential.name === name)?.id;

  /** What an earlier create of this resource has left behind, if a PUT can make it what is declared. */
  const findOurs = async (
    { owner }: DataActionCredentialInputs,
    typeName: string,
  ): Promise<string | undefined> =>
    (await open().api.credentials.list()).find(
      ({ name, type }) => readMarker(name)?.prefix === owner && type?.name === typeName,
    )?.id;

  const findOrMake = async (inputs: DataActionCredentialInputs): Promise<string> => {
    const { api, patience, newToken } = open();
    const declared = given(inputs);
    const left = await findOurs(inputs, typeNameOf(declared.kind));
    if (left !== undefined) return left;
    const name = marker(inputs.owner, newToken());
    try {
      return idOf(await api.credentials.create(body(name, declared)));
    } catch (error) {
      if (!(error instanceof AmbiguousOutcomeError)) throw error;
      const made = await patience.until(() => named(name)).catch(() => undefined);
      if (made !== undefined) return made;
      throw new PartialFailure(unconfirmedId(name), unfinished(inputs), [error.message], error);
    }
  };

  const make = async (inputs: DataActionCredentialInputs) => {
    const id = await findOrMake(inputs);
    occupied.take(id);
    try {
      return { id, outs: await settle(id, inputs) };
    } catch (error) {
      const reason = `The credential ${inputs.name} (${id}) exists but is not finished: ${(error as Error).message}`;
      throw new PartialFailure(id, { ...unfinished(inputs), credentialId: id }, [reason], error);
    }
  };

  const adopt = async (id: string, inputs: DataActionCredentialInputs) => {
    const found = await ifFound(() => open().api.credentials.get(id));
    if (found === undefined)
      throw new NotAdoptableError(id, "there is no such credential", "Correct the id, or remove adoptId.");
    const wanted = typeNameOf(given(inputs).kind);
    if (found.type.name !== wanted)
      throw new NotAdoptableError(
        id,
        `${JSON.stringify(found.name)} is of the type ${found.type.name}, not ${wanted}, and a type cannot change`,
        "Declare its own kind, or remove adoptId to have a credential made.",
      );
    occupied.take(id);
    return { id, outs: await settle(id, inputs) };
  };

  /** The credential behind a resource; undefined where an unconfirmed creation turns out to have made none. */
  const locate = async (id: string, props: DataActionCredentialOutputs): Promise<string | undefined> => {
    const name = unconfirmedKey(id);
    if (name === undefined) return id;
    return props.credentialId ?? open().patience.until(() => named(name));
  };

  return {
    check: async (_olds, news) => {
      const result = checkInputs(rules, news);
      occupied.declare(result.inputs);
      return result;
    },

    diff: async (id, olds, news) => {
      const kind = knownKind(news.authentication);
      const replaced = kind !== undefined && kind !== olds.kind;
      if (!replaced) occupied.keep(olds.credentialId ?? id, news);
      const sameFields =
        !holdsUnknown(news.authentication) && fieldsFingerprint(given(news)) === olds.fieldsFingerprint;
      return {
        changes: replaced || !sameFields || news.name !== olds.name,
        replaces: replaced ? ["authentication"] : [],
      };
    },

    create: async (inputs) => (inputs.adoptId === undefined ? make(inputs) : adopt(inputs.adoptId, inputs)),

    read: async (id, props) => {
      const credentialId = await locate(id, props);
      if (credentialId === undefined) return {};
      const credential = await ifFound(() => open().api.credentials.get(credentialId));
      if (credential === undefined) return {};
      const { kind: _, fieldsFingerprint: deployed, ...declared } = props;
      const kind = kindOf(credential.type.name);
      const outputs = { ...declared, name: credential.name ?? declared.name, credentialId };
      return {
        id: credentialId,
        props: {
          ...outputs,
          ...(kind === undefined ? {} : { kind }),
          ...(deployed === undefined ? {} : { fieldsFingerprint: deployed }),
        },
        inputs: present({ name: outputs.name, adoptId: declared.adoptId, owner: declared.owner }),
      };
    },

    update: async (id, olds, news) => {
      const credentialId = await locate(id, olds);
      return {
        outs: credentialId === undefined ? (await make(news)).outs : await settle(credentialId, news),
      };
    },

    delete: async (id, props) => {
      const credentialId = await locate(id, props);
      if (credentialId !== undefined)
        await remove(credentialId, occupied, () => open().api.credentials.delete(credentialId));
    },
  };
};
