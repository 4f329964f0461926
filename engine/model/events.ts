import type { PropertyMap } from "./property.ts";

export type StepOperation =
  | "same"
  | "create"
  | "update"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "delete"
  | "read"
  | "refresh";

export type Severity = "debug" | "info" | "warning" | "error";

/** One change of one property, as shown to a person. */
export interface PropertyChange {
  path: string;
  kind: "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";
}

/** What the engine reports while it works; every display (text, JSON) is made from these alone. */
export type EngineEvent =
  | {
      type: "prelude";
      operation: "preview" | "up" | "refresh" | "destroy";
      stack: string;
      config: Record<string, string>;
    }
  | { type: "step-started"; urn: string; resourceType: string; operation: StepOperation }
  | {
      type: "step-finished";
      urn: string;
      resourceType: string;
      operation: StepOperation;
      planned: boolean;
      changes: PropertyChange[];
      /** Secrets are `[secret]`. */
      oldInputs?: PropertyMap;
      newInputs?: PropertyMap;
    }
  | { type: "step-failed"; urn: string; resourceType: string; operation: StepOperation; message: string }
  | { type: "diagnostic"; severity: Severity; urn?: string; message: string; ephemeral?: boolean }
  | {
      type: "policy-violation";
      urn?: string;
      policy: string;
      pack: string;
      packVersion: string;
      enforcementLevel: "advisory" | "mandatory";
      severity?: string;
      message: string;
    }
  | {
      type: "summary";
      outcome: "succeeded" | "failed";
      changes: Partial<Record<StepOperation, number>>;
      durationSeconds: number;
      outputs: PropertyMap;
    };
