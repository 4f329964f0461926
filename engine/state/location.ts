import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { GuardError } from "../model/errors.ts";

/**
 * The folder that a `file://` URL names, with the CLI's readings of it: `~` is the home, a relative path counts from
 * the current folder, and parameters after `?` are for the CLI alone.
 *
 * @throws GuardError `unsupported-backend` for every other kind of URL
 */
export const parseBackendUrl = (url: string): string => {
  if (!url.startsWith("file://")) {
    throw new GuardError(
      "unsupported-backend",
      `The backend ${url.replace(/\/\/[^/]*@/, "//")} is not supported: guard keeps state in files. Set ` +
        "PULUMI_BACKEND_URL=file:///path/to/folder, or use the Pulumi CLI.",
    );
  }
  const path = decode(url.slice("file://".length).replace(/\?.*$/s, ""));
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(path);
};

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
