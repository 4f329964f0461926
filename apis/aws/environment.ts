import { MissingCredentialsError } from "../http/errors.ts";
import type { CredentialSource } from "./credentials.ts";

/** The region that Lambda and the vendor's tools name. Empty where none is set: the first call says so. */
export const regionFromEnvironment = (environment: NodeJS.ProcessEnv): string =>
  (environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? "").trim();

/**
 * The credentials of a function's role, which Lambda sets for the life of an execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const credentialsFromEnvironment =
  (environment: NodeJS.ProcessEnv): CredentialSource =>
  async () => {
    const accessKeyId = environment.AWS_ACCESS_KEY_ID ?? "";
    const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY ?? "";
    const problems = [
      ...(accessKeyId === "" ? ["AWS_ACCESS_KEY_ID is not set"] : []),
      ...(secretAccessKey === "" ? ["AWS_SECRET_ACCESS_KEY is not set"] : []),
    ];
    if (problems.length > 0) {
      throw new MissingCredentialsError("AWS", problems, "Lambda sets both from the function's role.");
    }
    return { accessKeyId, secretAccessKey, sessionToken: environment.AWS_SESSION_TOKEN || undefined };
  };
