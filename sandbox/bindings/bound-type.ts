import type { PropertyMap } from "../../engine/model/property.ts";
import type { Cloud } from "./cloud.ts";
import type { Region } from "./region.ts";

/** What a type is asked of: the account, the region of its provider, and where the resource stands in the program. */
export interface Surroundings {
  cloud: Cloud;
  region: Region;
  /** Of the resource in the program. */
  logicalName: string;
}

export interface Made {
  id: string;
  /** What the platform adds to the inputs. */
  outputs: PropertyMap;
}

export interface Existing {
  id: string;
  /** As they were created or last updated. */
  inputs: PropertyMap;
  outputs: PropertyMap;
}

/** A type whose resources do something here. Inputs come without marks of secrecy. */
export interface BoundType {
  create(inputs: PropertyMap, surroundings: Surroundings): Made;
  /** Answers with the outputs that change beside the inputs. Without it an update changes nothing but the record. */
  update?(existing: Existing, inputs: PropertyMap, surroundings: Surroundings): PropertyMap;
  /** What is there now, over what was recorded; undefined if it has gone. Default: what was recorded. */
  read?(existing: Existing, surroundings: Surroundings): PropertyMap | undefined;
  delete?(existing: Existing, surroundings: Surroundings): void;
}
