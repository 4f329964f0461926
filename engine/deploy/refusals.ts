import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { GuardError } from "../model/errors.ts";

/** A part of Pulumi that the engine does not have: said by name, never guessed. */
export const unsupported = (what: string, instead?: string): GuardError =>
  new GuardError(
    "unsupported",
    `${what} is not supported by guard. ${instead ?? "Remove it from the program, or deploy with the Pulumi CLI."}`,
  );

/** The options of a registration that the engine would have to ignore, by the name that a program gives them. */
export const unsupportedOptions = (request: RegisterResourceRequest): string[] => {
  const hooks = request.getHooks()?.toObject();
  const used: [string, boolean][] = [
    ["aliases", request.getAliasesList().length + request.getAliasurnsList().length > 0],
    ["import", request.getImportid() !== ""],
    ["deleteBeforeReplace", request.getDeletebeforereplace()],
    ["deletedWith", request.getDeletedwith() !== ""],
    ["replaceOnChanges", request.getReplaceonchangesList().length > 0],
    ["replaceWith", request.getReplaceWithList().length > 0],
    ["replacementTrigger", request.hasReplacementTrigger()],
    ["transforms", request.getTransformsList().length > 0],
    ["hooks", hooks !== undefined && Object.values(hooks).some((names) => names.length > 0)],
    ["hideDiffs", request.getHidediffsList().length > 0],
    ["envVarMappings", request.getEnvvarmappingsMap().getLength() > 0],
    ["state migrations", request.getStateMigrationsList().length > 0],
    ["parameterized packages", request.getPackageref() !== ""],
    ["remote components", request.getRemote()],
  ];
  return used.flatMap(([name, isUsed]) => (isUsed ? [name] : []));
};
