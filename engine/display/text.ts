import type { EngineEvent } from "../model/events.ts";
import type { DisplayOptions } from "./display.ts";

export const createTextDisplay = ({
  stream,
}: Pick<DisplayOptions, "stream">): ((event: EngineEvent) => void) => {
  return (event) => {
    stream.write(`${JSON.stringify(event)}\n`);
  };
};
