import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(16_384);
let used = pool.length;

/** Random bytes as base64url. Taken from the system in large portions: asking for each few bytes costs more. */
export const randomText = (bytes: number): string => {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString("base64url", used - bytes, used);
};
