import type { Models } from "purecloud-platform-client-v2";
import { PlatformError } from "./errors.ts";
import { fitsName } from "./name-pattern.ts";
import { pageOf } from "./paging.ts";
import { allOf, anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import { readMembers, readQueue } from "./queue-request.ts";
import { type QueueRecord, unstamped } from "./records.ts";

/**
 * Queues.
 *
 * Verified: bodies, permissions, that the list's `name` takes asterisks (Python SDK 257); `required.field.missing`,
 * `duplicate.name`, `active.queue`, `resource.not.found` (swagger of March 2018), at most 100 members a call
 * (Terraform provider). Assumed: that PUT replaces, that a POST with a taken name is refused as a PUT is, that
 * names are compared without case.
 */
const path = "/api/v2/routing/queues";
export const queueOperations: Operations = {
  [`GET ${path}`]: {
    permissions: anyOf("routing:queue:view"),
    run: (call) => {
      const { query } = call.request;
      const name = query.get("name");
      const many = (key: string) => query.getAll(key).flatMap((value) => value.split(","));
      const [ids, divisionIds] = [many("id"), many("divisionId")];
      const queues = call.world.queues
        .list()
        .filter((queue) => name === null || fitsName(queue.name, name))
        .filter((queue) => ids.length === 0 || ids.includes(queue.id))
        .filter((queue) => divisionIds.length === 0 || divisionIds.includes(queue.divisionId))
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((queue) => toQueue(call, queue));
      auditRead(call);
      return { status: 200, body: pageOf(queues, query, path) };
    },
  },
  [`POST ${path}`]: {
    permissions: anyOf("routing:queue:add"),
    run: (call) => {
      const wanted = readQueue(call, "create");
      refuseTakenName(call, wanted.name);
      const queue = call.world.queues.add(
        {
          id: call.world.newId(),
          memberIds: [],
          activeConversations: 0,
          ...unstamped,
          ...wanted,
        },
        call.by,
      );
      return { status: 200, body: toQueue(call, queue) };
    },
  },
  [`GET ${path}/{queueId}`]: {
    permissions: anyOf("routing:queue:view"),
    run: (call) => {
      const queue = call.world.queues.read(call.param("queueId"));
      if (queue === undefined) throw queueNotFound(call.param("queueId"));
      auditRead(call, queue);
      return { status: 200, body: toQueue(call, queue) };
    },
  },
  [`PUT ${path}/{queueId}`]: {
    permissions: anyOf("routing:queue:edit"),
    run: (call) => {
      const current = existing(call);
      const wanted = readQueue(call, "update", current.divisionId);
      if (wanted.name !== current.name) refuseTakenName(call, wanted.name);
      const next = { description: undefined, ...wanted } as Partial<QueueRecord>;
      return { status: 200, body: toQueue(call, call.world.queues.edit(current.id, next, call.by)) };
    },
  },
  [`DELETE ${path}/{queueId}`]: {
    permissions: allOf("routing:queue:delete"),
    run: (call) => {
      const queue = existing(call);
      if (queue.activeConversations > 0 && call.request.query.get("forceDelete") !== "true") {
        throw new PlatformError(400, "active.queue", "Queue contains active conversations.");
      }
      call.world.queues.remove(queue.id, call.by);
      return { status: 200 };
    },
  },
  [`GET ${path}/{queueId}/members`]: {
    permissions: anyOf(
      "routing:queue:view",
      "routing:queue:edit",
      "routing:queue:readonly",
      "routing:queueMember:manage",
    ),
    run: (call) => {
      const members = existing(call).memberIds.map((id) => ({
        id,
        name: call.world.users.get(id)?.name ?? "",
        joined: true,
        memberBy: "user",
        ringNumber: 1,
        user: { id, selfUri: `/api/v2/users/${id}` },
        selfUri: `${path}/${call.param("queueId")}/members/${id}`,
      }));
      // The model has no total: the end of the list is an empty page.
      const {
        total: _total,
        pageCount: _pageCount,
        lastUri: _lastUri,
        ...listing
      } = pageOf(members, call.request.query, `${path}/${call.param("queueId")}/members`, 100);
      return { status: 200, body: listing };
    },
  },
  [`POST ${path}/{queueId}/members`]: {
    permissions: anyOf("routing:queue:edit", "routing:queueMember:manage"),
    run: (call) => {
      const queue = existing(call);
      const ids = readMembers(call);
      const others = queue.memberIds.filter((id) => !ids.includes(id));
      const memberIds = call.request.query.get("delete") === "true" ? others : [...others, ...ids];
      call.world.queues.edit(queue.id, { memberIds }, call.by);
      return { status: 200 };
    },
  },
};

const queueNotFound = (queueId: string): PlatformError =>
  new PlatformError(404, "resource.not.found", "The resource could not be found.", { entityId: queueId });

const existing = (call: ApiCall): QueueRecord => {
  const queue = call.world.queues.get(call.param("queueId"));
  if (queue === undefined) throw queueNotFound(call.param("queueId"));
  return queue;
};

const refuseTakenName = (call: ApiCall, name: string): void => {
  if (call.world.queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase()) !== undefined) {
    throw new PlatformError(400, "duplicate.name", "A queue with that name already exists.");
  }
};

const auditRead = (call: ApiCall, queue?: QueueRecord): void => {
  if (!call.switches.auditReads) return;
  const { by } = call;
  call.world.audits.record({
    entityType: "Queue",
    entityId: queue?.id ?? "",
    entityName: queue?.name,
    action: "View",
    by,
  });
};

const toQueue = (call: ApiCall, queue: QueueRecord): Models.Queue => ({
  ...queue.other,
  id: queue.id,
  name: queue.name,
  division: {
    id: queue.divisionId,
    name: call.world.divisions.get(queue.divisionId)?.name ?? "",
    selfUri: `/api/v2/authorization/divisions/${queue.divisionId}`,
  },
  ...(queue.description === undefined ? {} : { description: queue.description }),
  dateCreated: queue.dateCreated,
  dateModified: queue.dateModified,
  createdBy: queue.createdBy,
  modifiedBy: queue.modifiedBy,
  memberCount: queue.memberIds.length,
  userMemberCount: queue.memberIds.length,
  joinedMemberCount: 0,
  selfUri: `${path}/${queue.id}`,
});
