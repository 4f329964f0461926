import type { Writable } from "node:stream";
import type { EngineEvent } from "../model/events.ts";
import { createJsonDisplay } from "./json.ts";
import { createTextDisplay } from "./text.ts";

export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface DisplayOptions {
  /** `text` for people, line by line as work goes on; `json` for programs, one object at the end. */
  kind: "text" | "json";
  stream: Pick<Writable, "write">;
  /** Colours, for a terminal. */
  color: boolean;
  operation: Operation;
}

/** Shows what the engine reports. Never shows a secret: those are `[secret]` in every form. */
export const createDisplay = (options: DisplayOptions): ((event: EngineEvent) => void) =>
  options.kind === "json" ? createJsonDisplay(options) : createTextDisplay(options);
