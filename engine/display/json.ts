import type { EngineEvent } from "../model/events.ts";
import type { DisplayOptions } from "./display.ts";

export const createJsonDisplay = ({
  stream,
}: Pick<DisplayOptions, "stream">): ((event: EngineEvent) => void) => {
  const events: EngineEvent[] = [];
  return (event) => {
    events.push(event);
    if (event.type === "summary") stream.write(`${JSON.stringify(events, null, 4)}\n`);
  };
};
