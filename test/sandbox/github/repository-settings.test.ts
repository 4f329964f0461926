import { startCaller, stopCallers } from "./caller.ts";

afterEach(stopCallers);

const path = "/repos/example-org/example-repo";
const settings = (scanning?: string, protection?: string) => ({
  security_and_analysis: {
    ...(scanning && { secret_scanning: { status: scanning } }),
    ...(protection && { secret_scanning_push_protection: { status: protection } }),
  },
});

test("shows and changes a repository's scanning, also where it is off", async () => {
  const { call } = await startCaller();
  expect((await call("GET", path)).body).toMatchObject(settings("enabled", "enabled"));

  const off = await call("PATCH", path, settings("disabled"));
  const patterns = await call("GET", `${path}/secret-scanning/custom-patterns`);
  const on = await call("PATCH", path, settings("enabled", "enabled"));

  expect(off).toMatchObject({ status: 200, body: settings("disabled", "disabled") });
  expect(patterns.status).toBe(404);
  expect(on.body).toMatchObject(settings("enabled", "enabled"));
});

test("what is left out stays", async () => {
  const { call } = await startCaller();
  await call("PATCH", path, settings(undefined, "disabled"));

  expect((await call("PATCH", path, {})).body).toMatchObject(settings("enabled", "disabled"));
});

test("push protection without scanning is refused", async () => {
  const { call } = await startCaller();

  expect(await call("PATCH", path, settings("disabled", "enabled"))).toMatchObject({ status: 422 });
});

test("a repository that there is not is 404", async () => {
  const { call } = await startCaller();

  expect((await call("GET", "/repos/example-org/none")).status).toBe(404);
});
