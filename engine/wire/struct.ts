import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import type { PropertyMap } from "../model/property.ts";
import { Struct } from "./protocol.ts";

/** A property map as the message that carries it. */
export const toStruct = (properties: PropertyMap): StructMessage => Struct.fromJavaScript(properties);

/** The property map in a message; an absent message is an empty map. */
export const fromStruct = (message: StructMessage | undefined): PropertyMap =>
  (message?.toJavaScript() ?? {}) as PropertyMap;
