import type { EngineEvent } from "../model/events.ts";
import { createJsonDisplay } from "./json.ts";
import { createTextDisplay } from "./text.ts";

export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface DisplayOptions {
  /** `text` for people, line by line as work goes on; `json` for programs, one object when the summary comes. */
  kind: "text" | "json";
  stream: { write(text: string): unknown };
  /** Colours, for a terminal. */
  color: boolean;
  operation: Operation;
  /** Further secrets to hide in messages, such as those of the configuration; fewer than 4 characters are not hidden. */
  secrets?: Iterable<string>;
}

/** Shows what the engine reports. Never shows a secret: those are `[secret]` in every form. */
export const createDisplay = (options: DisplayOptions): ((event: EngineEvent) => void) =>
  options.kind === "json" ? createJsonDisplay(options) : createTextDisplay(options);
