import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GuardError } from "../../../engine/model/errors.ts";

/** A folder of its own for every test, removed afterwards. */
export const useWorkspace = (): { readonly root: string; write(files: Record<string, string>): string } => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "guard-engine-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), text);
      }
      return root;
    },
  };
};

/** The user's mistake that the work ends with; anything else fails the test. */
export const mistakeOf = async (work: () => unknown): Promise<GuardError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error("it was accepted");
};
