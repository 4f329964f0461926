import {
  GenesysError,
  InvalidCredentialsError,
  RateLimitedError,
  WrongGrantTypeError,
} from "../../apis/genesys/errors.ts";
import { Secret } from "../../apis/http/secret.ts";
import type { LoginOutcome } from "../../core/leak/evidence.ts";
import type { Platform } from "../ports.ts";

/** Whether the pair gets a token, which is thrown away. */
export const tryLogin = async (
  platform: Platform,
  clientId: string,
  leakedSecret: string,
): Promise<LoginOutcome> => {
  try {
    await platform.as({ clientId, clientSecret: new Secret(leakedSecret) }).session.login();
    return { kind: "granted" };
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return { kind: "refused" };
    if (error instanceof WrongGrantTypeError) return { kind: "otherGrant" };
    if (error instanceof RateLimitedError) return { kind: "throttled" };
    if (error instanceof GenesysError) return { kind: "failed", reason: error.name };
    throw error;
  }
};
