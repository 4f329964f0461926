import type { Answer } from "../http/call.ts";
import type { Dialect } from "../http/client.ts";
import {
  type ApiError,
  ConflictError,
  type Failure,
  InvalidCredentialsError,
  InvalidRequestError,
  MissingPermissionError,
  NotFoundError,
  PlatformError,
} from "../http/errors.ts";
import { ConditionFailedError, WrongStateError } from "./errors.ts";

/** https://github.com/smithy-lang/smithy-typescript/blob/main/packages/service-error-classification/src/constants.ts */
const throttling =
  /^(?:(?:EC2|Request)?Thrott(?:ling|led)(?:Exception)?|TooManyRequestsException|RequestLimitExceeded|ProvisionedThroughputExceededException|PriorRequestNotComplete|SlowDown|BandwidthLimitExceeded)$/;

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** `namespace#Code:http://…` in the header or the body: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization */
const codeOf = ({ headers, body }: Answer): string | undefined => {
  const { __type, code, Code } = (body ?? {}) as Record<string, unknown>;
  const named = text(__type) ?? headers["x-amzn-errortype"] ?? text(code) ?? text(Code);
  return named?.replace(/^.*#/, "").replace(/:.*$/, "");
};

const messageOf = ({ body }: Answer): string | undefined => {
  const { message, Message } = (body ?? {}) as Record<string, unknown>;
  return text(message) ?? text(Message);
};

const credentialsCheck =
  "Check that the credentials are valid and not expired, that they are of the right account, and that this machine's clock is right.";

const errors = {
  notFound: (failure: Failure) => new NotFoundError(failure, "Check its name, the account and the region."),
  exists: (failure: Failure) => new ConflictError(failure),
  state: (failure: Failure) => new WrongStateError(failure),
  condition: (failure: Failure) => new ConditionFailedError(failure),
  // The service's own words about a signature repeat what was signed, with the session token in it.
  credentials: (failure: Failure) =>
    new InvalidCredentialsError({ ...failure, platformMessage: undefined }, credentialsCheck),
  permission: (failure: Failure) => {
    const action = /not authorized to perform: ([\w-]+:\w+)/.exec(failure.platformMessage ?? "")?.[1];
    const next = "Allow it in the policy of the role, the key or the resource.";
    return new MissingPermissionError(failure, action === undefined ? [] : [action], next);
  },
} satisfies Record<string, (failure: Failure) => ApiError>;

const kinds: readonly [codes: RegExp, kind: keyof typeof errors][] = [
  [/^(?:ResourceNotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/, "notFound"],
  [/^(?:ResourceExistsException|ConflictException)$/, "exists"],
  [/^(?:InvalidRequest|LimitExceeded|PreconditionNotMet)Exception$|^(?:De|En)cryptionFailure$/, "state"],
  [/^ConditionalCheckFailedException$/, "condition"],
  [/^(?:AccessDenied(?:Exception)?|UnauthorizedOperation)$/, "permission"],
  [
    /^(?:ExpiredToken|IncompleteSignature|InvalidSignature|MissingAuthenticationToken|UnrecognizedClient)(?:Exception)?$|^(?:InvalidAccessKeyId|InvalidClientTokenId|RequestExpired|SignatureDoesNotMatch)$/,
    "credentials",
  ],
];

/** How every AWS service says no. */
export const awsDialect = (name: string): Dialect => ({
  name,
  explain: (answer) => ({
    platformCode: codeOf(answer),
    platformMessage: messageOf(answer),
    correlationId: answer.headers["x-amzn-requestid"],
  }),
  limit: (answer) => (answer.status === 429 || throttling.test(codeOf(answer) ?? "") ? {} : undefined),
  toError: (failure, { status }) => {
    const kind = kinds.find(([codes]) => codes.test(failure.platformCode ?? ""))?.[1];
    if (kind !== undefined) return errors[kind](failure);
    // Whoever stands before the service may say no in his own words.
    if (status === 401) return errors.credentials(failure);
    if (status === 403) return errors.permission(failure);
    return status >= 400 && status < 500 ? new InvalidRequestError(failure) : new PlatformError(failure);
  },
});
