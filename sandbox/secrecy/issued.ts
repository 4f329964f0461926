import { appendFileSync } from "node:fs";

/**
 * Notes a secret that a simulator hands out in the file that SANDBOX_ISSUED_SECRETS names, so that everything a
 * whole test run wrote can be searched for it afterwards. Without that variable, does nothing.
 */
export const issued = (secret: string): string => {
  const file = process.env.SANDBOX_ISSUED_SECRETS;
  if (file !== undefined) appendFileSync(file, `${secret}\n`);
  return secret;
};
