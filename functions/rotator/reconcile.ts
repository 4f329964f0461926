import type { RotationDeclarations } from "../../core/rotation/credential.ts";
import type { RotatorPorts } from "../ports.ts";
import { createRotator } from "./rotator.ts";

export const createReconcile = (ports: RotatorPorts, declarations: RotationDeclarations) => {
  const rotator = createRotator(ports, declarations);
  return async (_input: unknown): Promise<void> => {
    rotator.ports.log.error("Reconcile is not written yet");
    throw new Error("not written yet");
  };
};
