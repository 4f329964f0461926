import * as v from "valibot";
import type { SimulatedRequest } from "../http/server.ts";
import { invalidRequest, Refusal } from "./answers.ts";

/** The JSON body of a call, or the refusal that GitHub answers. */
export const bodyOf = <S extends v.GenericSchema>(request: SimulatedRequest, schema: S): v.InferOutput<S> => {
  let value: unknown;
  try {
    value = JSON.parse(request.text);
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw invalidRequest(
    result.issues.map((issue) => `${v.getDotPath(issue) ?? "body"}: ${issue.message}`).join("\n"),
  );
};
