import type { Models } from "purecloud-platform-client-v2";
import { badRequest, PlatformError } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import { pageOf } from "./paging.ts";
import { allOf, anyOf } from "./permissions.ts";
import type { ApiCall, Operations } from "./platform.ts";
import type { QueueRecord } from "./records.ts";

/**
 * Queues.
 *
 * Verified: bodies, permissions, that the list's `name` takes asterisks (Python SDK 257); `required.field.missing`,
 * `duplicate.name`, `active.queue`, `resource.not.found` (swagger of March 2018), at most 100 members a call
 * (Terraform provider). Assumed: that PUT replaces, that a POST with a taken name is refused as a PUT is, that
 * names are compared without case.
 */
const path = "/api/v2/routing/queues";
const shared = {
  id: true,
  name: true,
  division: true,
  description: true,
  dateCreated: true,
  dateModified: true,
  modifiedBy: true,
  createdBy: true,
  memberCount: true,
  userMemberCount: true,
  joinedMemberCount: true,
  mediaSettings: true,
  routingRules: true,
  conditionalGroupRouting: true,
  conditionalGroupActivation: true,
  bullseye: true,
  scoringMethod: true,
  lastAgentRoutingMode: true,
  acwSettings: true,
  skillEvaluationMethod: true,
  memberGroups: true,
  queueFlow: true,
  emailInQueueFlow: true,
  messageInQueueFlow: true,
  whisperPrompt: true,
  onHoldPrompt: true,
  defaultMediaLanguage: true,
  autoAnswerOnly: true,
  cannedResponseLibraries: true,
  enableTranscription: true,
  enableAudioMonitoring: true,
  enableManualAssignment: true,
  agentOwnedRouting: true,
  directRouting: true,
  callingPartyName: true,
  callingPartyNumber: true,
  defaultScripts: true,
  outboundMessagingAddresses: true,
  outboundEmailAddress: true,
  peerId: true,
  suppressInQueueCallRecording: true,
  selfUri: true,
} as const;
const updateFields = fieldNames<Models.QueueRequest>(shared);
const createFields = fieldNames<Models.CreateQueueRequest>({ ...shared, sourceQueueId: true });
/** Fields that the platform sets, whatever a request says. */
const ownFields = [
  ...["id", "name", "division", "description", "dateCreated", "dateModified", "modifiedBy", "createdBy"],
  ...["memberCount", "userMemberCount", "joinedMemberCount", "sourceQueueId", "selfUri"],
];

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
        .filter((queue) => name === null || matches(queue.name, name))
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
      const wanted = read(call, createFields);
      refuseTakenName(call, wanted.name);
      const queue = call.world.queues.add(
        {
          id: call.world.newId(),
          memberIds: [],
          activeConversations: 0,
          dateCreated: "",
          dateModified: "",
          createdBy: "",
          modifiedBy: "",
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
      const wanted = read(call, updateFields, current.divisionId);
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

const matches = (name: string, wanted: string): boolean => {
  const source = wanted.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(name);
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

const read = (
  call: ApiCall,
  known: readonly string[],
  currentDivisionId = call.world.homeDivisionId,
): Pick<QueueRecord, "name" | "divisionId" | "description" | "other"> => {
  const fields = fieldsOf(call, known);
  if (!fields.string("name")?.trim()) {
    throw new PlatformError(400, "required.field.missing", "A required field is missing a value.", {
      details: [{ errorCode: "required.field.missing", fieldName: "name" }],
    });
  }
  const division = fields.object("division")?.id ?? currentDivisionId;
  if (typeof division !== "string" || !call.world.divisions.has(division)) {
    throw badRequest(`The division ${String(division)} does not exist.`);
  }
  const description = fields.string("description");
  return {
    name: fields.requiredString("name"),
    divisionId: division,
    ...(description === undefined ? {} : { description }),
    other: fields.except(ownFields),
  };
};

const readMembers = (call: ApiCall): string[] => {
  let body: unknown;
  try {
    body = JSON.parse(call.request.text);
  } catch {
    body = undefined;
  }
  if (!Array.isArray(body) || body.length > 100) {
    throw new PlatformError(400, "general.bad.request", "The body must be an array of at most 100 members.");
  }
  return body.map((member: { id?: unknown } | null) => {
    const id = member?.id;
    if (typeof id !== "string" || !call.world.users.has(id))
      throw badRequest(`There is no user ${String(id)}.`);
    return id;
  });
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
