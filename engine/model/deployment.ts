import type { PropertyMap } from "./property.ts";

/**
 * The CLI's own deployment format, version 3.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go (`DeploymentV3`, `ResourceV3`)
 */
export interface ResourceState {
  urn: string;
  custom: boolean;
  id?: string;
  type: string;
  /** Secrets in wire form in memory, as ciphertext on disk. */
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: boolean;
  external?: boolean;
  /** To be deleted once everything that depends on it has gone: the old half of a replacement. */
  delete?: boolean;
  pendingReplacement?: boolean;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  deletedWith?: string;
  provider?: string;
  initErrors?: string[];
  additionalSecretOutputs?: string[];
  retainOnDelete?: boolean;
  customTimeouts?: Record<string, number>;
  created?: string;
  modified?: string;
  sourcePosition?: string;
}

export interface PendingOperation {
  resource: ResourceState;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

export interface Deployment {
  manifest: { time: string; magic: string; version: string };
  secrets_providers?: { type: string; state?: unknown };
  resources?: ResourceState[];
  pending_operations?: PendingOperation[];
  metadata?: Record<string, unknown>;
}
