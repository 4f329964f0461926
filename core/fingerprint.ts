import { hash } from "node:crypto";

/** SHA-256 of a secret, 64 hexadecimal digits: tells two secrets apart without showing either. */
export const fingerprint = (secret: string): string => hash("sha256", secret, "hex");
