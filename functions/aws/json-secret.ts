import { Secret } from "../../apis/http/secret.ts";
import { type HeldSecret, PortError } from "../ports.ts";

/** One field of a secret that is a JSON object. @throws PortError invalid */
export const fieldOf = async (held: HeldSecret, field: string): Promise<Secret> => {
  let value: unknown;
  try {
    value = JSON.parse((await held.read()).reveal());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const text =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  if (typeof text === "string" && text !== "") return new Secret(text);
  throw new PortError(
    "invalid",
    `A secret of the functions' own is no JSON object with a text under "${field}". Store it anew.`,
  );
};
