import type { ResourceState } from "./deployment.ts";
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
  /** Pulumi's property path, such as `roles[0].name` or `tags["a.b"]`. */
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
      /** Keys of `config` whose values no display shows. */
      secretKeys?: string[];
      /** The operation is only planned, as before every question whether to go on. */
      planning?: boolean;
    }
  | { type: "step-started"; urn: string; resourceType: string; operation: StepOperation }
  | {
      type: "step-finished";
      urn: string;
      resourceType: string;
      operation: StepOperation;
      planned: boolean;
      changes: PropertyChange[];
      /** Secrets are `[secret]`; a display hides those that are still in wire form too. */
      oldInputs?: PropertyMap;
      newInputs?: PropertyMap;
      /** The whole states, for JSON; without them JSON is made from the inputs. */
      oldState?: ResourceState;
      newState?: ResourceState;
      /** `urn::id`. */
      provider?: string;
      /** URN. */
      parent?: string;
      durationSeconds?: number;
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
      /** What the pack says about putting it right, where the message does not. */
      remediation?: string;
      url?: string;
    }
  | {
      type: "summary";
      outcome: "succeeded" | "failed";
      changes: Partial<Record<StepOperation, number>>;
      durationSeconds: number;
      outputs: PropertyMap;
      /** Versions of the policy packs that ran, by name, so that a pack without a violation is shown too. */
      policyPacks?: Record<string, string>;
    };
