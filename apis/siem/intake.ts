import type { Answer, Call } from "../http/call.ts";
import type { ApiError, Failure } from "../http/errors.ts";
import type { OcsfEvent } from "./api.ts";
import type { SiemSettings } from "./settings.ts";

/** How one vendor takes events. */
export interface Intake {
  /** `Splunk` or `Datadog`. */
  name: string;
  headers(token: string): Readonly<Record<string, string>>;
  /** The calls that hand the events over, one after the other. Handing them over again changes nothing that counts. */
  calls(events: readonly OcsfEvent[], settings: SiemSettings): readonly Call[];
  /** What an answer says. */
  explain(answer: Answer): Pick<Failure, "platformCode" | "platformMessage">;
  /** Whether a success says that the events were taken. */
  isTaken(answer: Answer): boolean;
  toError(failure: Failure, answer: Answer): ApiError;
}
