import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { withAssetHashes } from "../assets/hashes.ts";
import type { PropertyMap } from "../model/property.ts";
import { fromStruct } from "../wire/struct.ts";
import { isProviderType, packageOf } from "../wire/urn.ts";
import { withoutOutputs } from "../wire/values.ts";
import { timeouts } from "./timeouts.ts";

/** What a program declares of one resource. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  parent: string | undefined;
  inputs: PropertyMap;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** Reference of an explicit provider. */
  provider: string | undefined;
  /** Version of the plugin that the program's SDK belongs to. */
  version: string;
  protect: boolean | undefined;
  retainOnDelete: boolean | undefined;
  ignoreChanges: string[];
  additionalSecretOutputs: string[];
  customTimeouts: Record<string, number> | undefined;
  sourcePosition: string | undefined;
}

/** Where the program is, for what it says relative to itself. */
export interface ProgramFolders {
  projectRoot: string;
  programDirectory: string;
}

/**
 * Reads a registration; what the engine cannot honour has been refused before.
 *
 * @throws Error for an asset that guard does not support, or cannot read
 */
export const parseGoal = (
  request: RegisterResourceRequest,
  { projectRoot, programDirectory }: ProgramFolders,
): Goal => {
  const dependencies = request.getDependenciesList();
  const declared = request.getPropertydependenciesMap();
  const inputs: PropertyMap = {};
  const propertyDependencies: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(fromStruct(request.getObject()))) {
    const listed = declared.getLength() === 0 ? dependencies : (declared.get(key)?.getUrnsList() ?? []);
    const urns = new Set(listed);
    inputs[key] = withAssetHashes(withoutOutputs(value, urns), programDirectory);
    propertyDependencies[key] = [...urns];
  }
  const custom = request.getCustom();
  const version = request.getVersion();
  // https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/providers/registry.go (`SetProviderVersion`)
  if (isProviderType(request.getType()) && version !== "") inputs.version = version;
  return {
    type: request.getType(),
    name: request.getName(),
    custom,
    parent: request.getParent() || undefined,
    inputs,
    dependencies,
    propertyDependencies,
    provider:
      request.getProvider() || request.getProvidersMap().get(packageOf(request.getType())) || undefined,
    version,
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: timeouts(request.getCustomtimeouts()),
    sourcePosition: sourcePosition(request, projectRoot),
  };
};

/** `project:///index.ts#12,3`, as the CLI records it. */
const sourcePosition = (request: RegisterResourceRequest, projectRoot: string): string | undefined => {
  const position = request.getSourceposition();
  if (position === undefined || !position.getUri().startsWith("file:")) return undefined;
  const path = relative(projectRoot, fileURLToPath(position.getUri()));
  const column = position.getColumn();
  return `project:///${path}#${position.getLine()}${column === 0 ? "" : `,${column}`}`;
};
