import { createHash } from "node:crypto";
import type { PropertyMap, PropertyValue } from "./property.ts";

/**
 * The CLI's own deployment format, version 3.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go (`DeploymentV3`, `ResourceV3`)
 *
 * Fields that are not listed here survive a round trip through the backend untouched.
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
  aliases?: string[];
  importID?: string;
  replacementTrigger?: PropertyValue;
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

export interface Manifest {
  /** ISO 8601. */
  time: string;
  /** SHA-256 of the version, in hexadecimal: the CLI's mark that nobody edited the file by hand. */
  magic: string;
  version: string;
}

export interface Deployment {
  manifest: Manifest;
  secrets_providers?: { type: string; state?: unknown };
  resources?: ResourceState[];
  pending_operations?: PendingOperation[];
  metadata?: Record<string, unknown>;
}

/** https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/manifest.go (`NewMagic`) */
export const manifestMagic = (version: string): string =>
  version === "" ? "" : createHash("sha256").update(version).digest("hex");

/** @param version the release of Pulumi whose format is written, such as `v3.270.0` */
export const createManifest = (version: string, now: Date): Manifest => ({
  time: now.toISOString(),
  magic: manifestMagic(version),
  version,
});
