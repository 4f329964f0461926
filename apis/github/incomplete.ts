import type { Call } from "../http/call.ts";
import { PlatformError } from "../http/errors.ts";
import { serviceName } from "./settings.ts";

/** For a success whose body lacks what GitHub's schema promises. Says nothing of what else is in it. */
export const incomplete = ({ method, route, object }: Call, missing: string): PlatformError =>
  new PlatformError({
    service: serviceName,
    method,
    route,
    object,
    platformMessage: `no ${missing} in the answer`,
  });
