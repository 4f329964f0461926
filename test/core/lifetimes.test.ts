import { decoyLifetimeSeconds } from "../../core/decoy/lifetime.ts";
import {
  maximumRotationIntervalDays,
  rotationIntervalHours,
  tokenLifetimeSeconds,
} from "../../core/lifetimes.ts";

test("lifetimes are the platform's, and a decoy's are the short end of them", () => {
  expect(tokenLifetimeSeconds).toEqual({ minimum: 300, maximum: 172_800, default: 86_400 });
  expect(decoyLifetimeSeconds).toEqual({ minimum: 300, maximum: 3_600, default: 300 });
  expect(maximumRotationIntervalDays).toBe(90);
  expect(rotationIntervalHours).toEqual({ minimum: 4, maximum: 2160, default: 168 });
});
