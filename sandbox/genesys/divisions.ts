import type { Models } from "purecloud-platform-client-v2";
import { conflict, notFound, PlatformError } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { allOf, anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { DivisionRecord } from "./records.ts";

/**
 * Divisions.
 *
 * Verified: paths, bodies, that reading needs no permission, that adding needs two (SDK 262). Assumed: unique names,
 * that Home and a division with objects in it cannot be deleted, the codes of those refusals.
 */
const path = "/api/v2/authorization/divisions";
const requestFields = fieldNames<Models.AuthzDivision>({
  id: true,
  name: true,
  description: true,
  homeDivision: true,
  objectCounts: true,
  selfUri: true,
});

export const divisionOperations: Operations = {
  [`GET ${path}`]: {
    run: (call) => {
      const { query } = call.request;
      const name = query.get("name")?.toLowerCase();
      const ids = query.getAll("id").flatMap((id) => id.split(","));
      const divisions = call.world.divisions
        .list()
        .filter((division) => name === undefined || division.name.toLowerCase().includes(name))
        .filter((division) => ids.length === 0 || ids.includes(division.id))
        .map((division) => toDivision(call, division));
      return { status: 200, body: pageOf(divisions, query, path) };
    },
  },
  [`POST ${path}`]: {
    permissions: allOf("authorization:division:add", "authorization:grant:add"),
    run: (call) => {
      const fields = fieldsOf(call, requestFields);
      const name = fields.requiredString("name");
      refuseTakenName(call, name);
      const division = call.world.divisions.add(
        {
          id: call.world.newId(),
          name,
          description: fields.string("description") ?? "",
          homeDivision: false,
        },
        call.by,
      );
      return { status: 200, body: toDivision(call, division) };
    },
  },
  [`GET ${path}/home`]: {
    run: (call) => {
      const home = call.world.divisions.get(call.world.homeDivisionId);
      if (home === undefined) throw notFound();
      return { status: 200, body: toDivision(call, home) };
    },
  },
  [`GET ${path}/{divisionId}`]: {
    run: (call) => {
      const division = call.world.divisions.read(call.param("divisionId"));
      if (division === undefined) throw notFound(call.param("divisionId"));
      return { status: 200, body: toDivision(call, division) };
    },
  },
  [`PUT ${path}/{divisionId}`]: {
    permissions: anyOf("authorization:division:edit"),
    run: (call) => {
      const current = existing(call);
      const fields = fieldsOf(call, requestFields);
      const name = fields.requiredString("name");
      if (name !== current.name) refuseTakenName(call, name);
      const next = { name, description: fields.string("description") ?? "" };
      return { status: 200, body: toDivision(call, call.world.divisions.edit(current.id, next, call.by)) };
    },
  },
  [`DELETE ${path}/{divisionId}`]: {
    permissions: anyOf("authorization:division:delete"),
    run: (call) => {
      const division = existing(call);
      const inUse = Object.values(objectCounts(call, division.id)).some((count) => count > 0);
      const isForced = call.request.query.get("force") === "true";
      if (division.homeDivision || (inUse && !isForced)) {
        throw new PlatformError(
          400,
          "cannot.delete.division",
          `The division ${division.name} cannot be deleted.`,
        );
      }
      call.world.divisions.remove(division.id, call.by);
      return { status: 204 };
    },
  },
};

const existing = (call: ApiCall): DivisionRecord => {
  const division = call.world.divisions.get(call.param("divisionId"));
  if (division === undefined) throw notFound(call.param("divisionId"));
  return division;
};

const refuseTakenName = (call: ApiCall, name: string): void => {
  const taken = call.world.divisions.find((division) => division.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) throw conflict(`A division with the name ${name} already exists.`);
};

const objectCounts = (call: ApiCall, divisionId: string): Record<string, number> => ({
  USER: call.world.users.count((user) => user.divisionId === divisionId && user.state !== "deleted"),
  QUEUE: call.world.queues.count((queue) => queue.divisionId === divisionId),
});

const toDivision = (call: ApiCall, division: DivisionRecord): Models.AuthzDivision => ({
  id: division.id,
  name: division.name,
  description: division.description,
  homeDivision: division.homeDivision,
  ...(call.request.query.get("objectCount") === "true"
    ? { objectCounts: objectCounts(call, division.id) }
    : {}),
  selfUri: `${path}/${division.id}`,
});
