import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { secret } from "../../../engine/model/property.ts";
import { issued } from "../../secrecy/issued.ts";
import type { BoundType } from "../bound-type.ts";
import { optionalNumber, optionalText } from "../inputs.ts";

const alphabets = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

const characters = (inputs: Record<string, unknown>): string =>
  Object.entries(alphabets)
    .map(([kind, letters]) => {
      if (inputs[kind] === false) return "";
      return kind === "special" && typeof inputs.overrideSpecial === "string"
        ? inputs.overrideSpecial
        : letters;
    })
    .join("");

const random = (length: number, alphabet: string): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** The types of @pulumi/random, which really make values. https://www.pulumi.com/registry/packages/random/ */
export const randomTypes: Readonly<Record<string, BoundType>> = {
  "random:index/randomPassword:RandomPassword": {
    create: (inputs) => {
      const result = issued(random(optionalNumber(inputs, "length") ?? 16, characters(inputs)));
      return { id: "none", outputs: { result: secret(result) } };
    },
  },
  "random:index/randomString:RandomString": {
    create: (inputs) => {
      const result = random(optionalNumber(inputs, "length") ?? 16, characters(inputs));
      return { id: result, outputs: { result } };
    },
  },
  "random:index/randomBytes:RandomBytes": {
    create: (inputs) => {
      const bytes = randomBytes(optionalNumber(inputs, "length") ?? 16);
      const base64 = issued(bytes.toString("base64"));
      return { id: "none", outputs: { base64: secret(base64), hex: secret(issued(bytes.toString("hex"))) } };
    },
  },
  "random:index/randomId:RandomId": {
    create: (inputs) => {
      const bytes = randomBytes(optionalNumber(inputs, "byteLength") ?? 8);
      const prefix = optionalText(inputs, "prefix") ?? "";
      return {
        id: bytes.toString("base64url"),
        outputs: { hex: prefix + bytes.toString("hex"), b64Url: prefix + bytes.toString("base64url") },
      };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    create: () => {
      const result = randomUUID();
      return { id: result, outputs: { result } };
    },
  },
};
