import type { Caller } from "../ports/caller.ts";

/** One operation of a service that is spoken to by X-Amz-Target. @throws AwsError */
export type Operation = (input: Readonly<Record<string, unknown>>, caller: Caller) => unknown;
