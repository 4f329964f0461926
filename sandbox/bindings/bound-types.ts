import type { BoundType } from "./bound-type.ts";
import { recorded } from "./recorded.ts";
import { address } from "./types/address.ts";
import { eventSourceMapping } from "./types/event-source-mapping.ts";
import { lambdaFunction } from "./types/function.ts";
import { permission } from "./types/permission.ts";
import { queue } from "./types/queue.ts";
import { randomTypes } from "./types/random.ts";
import { deployment, restApi, stage } from "./types/rest-api.ts";
import { role } from "./types/role.ts";
import { rolePolicy } from "./types/role-policy.ts";
import { schedule, scheduleGroup } from "./types/schedule.ts";
import { secret } from "./types/secret.ts";
import { secretRotation } from "./types/secret-rotation.ts";
import { secretVersion } from "./types/secret-version.ts";
import { table } from "./types/table.ts";

/** The types whose resources do something here. */
export const boundTypes: Readonly<Record<string, BoundType>> = {
  "aws:apigateway/deployment:Deployment": deployment,
  "aws:apigateway/restApi:RestApi": restApi,
  "aws:apigateway/stage:Stage": stage,
  "aws:dynamodb/table:Table": table,
  "aws:ec2/eip:Eip": address,
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/permission:Permission": permission,
  "aws:scheduler/schedule:Schedule": schedule,
  "aws:scheduler/scheduleGroup:ScheduleGroup": scheduleGroup,
  "aws:secretsmanager/secret:Secret": secret,
  "aws:secretsmanager/secretRotation:SecretRotation": secretRotation,
  "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
  "aws:sqs/queue:Queue": queue,
  ...randomTypes,
};

export const boundType = (type: string): BoundType => boundTypes[type] ?? recorded(type);
