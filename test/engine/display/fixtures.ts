import { createDisplay, type DisplayOptions } from "../../../engine/display/display.ts";
import type { EngineEvent } from "../../../engine/model/events.ts";

export const stackUrn = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
export const clientType = "pulumi-nodejs:dynamic/genesys:OauthClient";
export const clientUrn = (name: string): string => `urn:pulumi:dev::demo::demo:Team$${clientType}::${name}`;

export type Finished = Extract<EngineEvent, { type: "step-finished" }>;

export const finished = (more: Partial<Finished> & Pick<Finished, "operation">): Finished => ({
  type: "step-finished",
  urn: clientUrn("crm"),
  resourceType: clientType,
  planned: false,
  changes: [],
  ...more,
});

export const summary = (
  more: Partial<Extract<EngineEvent, { type: "summary" }>> = {},
): Extract<EngineEvent, { type: "summary" }> => ({
  type: "summary",
  outcome: "succeeded",
  changes: {},
  durationSeconds: 1.25,
  outputs: {},
  ...more,
});

/** Everything that a display of these events writes. */
export const show = (
  events: readonly EngineEvent[],
  options: Partial<Omit<DisplayOptions, "stream">> = {},
): string => {
  let text = "";
  const stream = { write: (part: string) => (text += part) };
  const display = createDisplay({ kind: "text", color: false, operation: "up", ...options, stream });
  for (const event of events) display(event);
  return text;
};
