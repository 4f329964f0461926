import type { EngineEvent } from "../model/events.ts";
import type { PropertyMap } from "../model/property.ts";
import { blindMap } from "./blind.ts";
import { createJsonDisplay } from "./json.ts";
import { createPaint } from "./paint.ts";
import { outputsSection } from "./sections.ts";
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

/** The outputs of a stack, as lines or as one JSON object; secrets are `[secret]`. Ends with a line break. */
export const formatOutputs = (outputs: PropertyMap, kind: "text" | "json", color = false): string => {
  const shown = blindMap(outputs);
  if (kind === "json") return `${JSON.stringify(shown, null, 2)}\n`;
  const lines = outputsSection(shown, createPaint(color));
  return lines.length === 0 ? "The stack has no outputs.\n" : lines.join("\n");
};
