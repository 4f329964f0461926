import { createHash, randomUUID } from "node:crypto";

/** Makes ids; with a seed the same ones in the same order. */
export const idMaker = (seed: number | undefined): (() => string) => {
  let count = 0;
  return () => (seed === undefined ? randomUUID() : seededId(seed, ++count));
};

const seededId = (seed: number, count: number): string => {
  const hex = createHash("sha256").update(`${seed}/${count}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
