type Crypto = typeof import("node:crypto");

/** Loaded by the first call: it takes longer than anything else that a function imports. See `fs.ts`. */
const crypto = (): Crypto => process.getBuiltinModule("node:crypto");

export const hash = (algorithm: string, data: string, encoding: "hex"): string =>
  crypto().hash(algorithm, data, encoding);
export const createHash: Crypto["createHash"] = (...args) => crypto().createHash(...args);
export const createHmac: Crypto["createHmac"] = (...args) => crypto().createHmac(...args);
export const randomUUID: Crypto["randomUUID"] = (...args) => crypto().randomUUID(...args);
export const createPrivateKey: Crypto["createPrivateKey"] = (...args) => crypto().createPrivateKey(...args);
export const timingSafeEqual: Crypto["timingSafeEqual"] = (...args) => crypto().timingSafeEqual(...args);
/** The form without a callback alone. */
export const sign = (
  algorithm: string,
  data: NodeJS.ArrayBufferView,
  key: import("node:crypto").KeyLike,
): Buffer => crypto().sign(algorithm, data, key);
