import { retirementName } from "../../../core/rotation/schedule-name.ts";
import { now } from "./credentials.ts";

const clientId = "5f1c0a3e-0000-4000-8000-000000000001";

test("an event's name is the same for the same minute, and another for every other", () => {
  const name = retirementName(clientId, now);
  expect(name).toMatch(new RegExp(`^retire-${clientId}-[0-9a-z]+$`));
  expect(retirementName(clientId, now - 59_999)).toBe(name);
  expect(retirementName(clientId, now + 1)).not.toBe(name);
  expect(retirementName(clientId, now - 60_000)).not.toBe(name);
});

test("it is one that the scheduler takes", () => {
  expect(retirementName(clientId, now)).toMatch(/^[0-9A-Za-z_.-]{1,64}$/);
  expect(retirementName(`a b/c:${"x".repeat(100)}`, now)).toMatch(/^retire-a_b_c_x{34}-[0-9a-z]+$/);
});
