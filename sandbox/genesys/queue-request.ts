import type { Models } from "purecloud-platform-client-v2";
import { badRequest, PlatformError } from "./errors.ts";
import { fieldNames, fieldsOf } from "./fields.ts";
import type { ApiCall } from "./platform.ts";
import type { QueueRecord } from "./records.ts";

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

/** A queue as a POST or PUT asks for it. */
export const readQueue = (
  call: ApiCall,
  kind: "create" | "update",
  currentDivisionId = call.world.homeDivisionId,
): Pick<QueueRecord, "name" | "divisionId" | "description" | "other"> => {
  const fields = fieldsOf(call, kind === "create" ? createFields : updateFields);
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

/** The users that a call adds or removes, at most 100. */
export const readMembers = (call: ApiCall): string[] => {
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
