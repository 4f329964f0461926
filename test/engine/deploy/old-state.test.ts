import { refuseForeignState, refusePluginTypes } from "../../../engine/deploy/old-state.ts";
import { Hosts } from "../../../engine/hosts/hosts.ts";
import { plannedHost } from "../../../engine/hosts/planned-host.ts";
import type { ResourceState } from "../../../engine/model/deployment.ts";

const state = (rest: object): ResourceState => ({
  urn: "urn:a",
  custom: true,
  type: "aws:s3/bucket:Bucket",
  ...rest,
});
const hosts = (bound: string[]) =>
  new Hosts({
    planning: false,
    bindings: new Map(
      bound.map((name) => [name, { createHost: () => plannedHost, providerReplaceKeys: [] }]),
    ),
    environment: {},
    startDynamic: () => Promise.reject(new Error("not needed")),
  });

describe("a state that the Pulumi CLI has left", () => {
  test.each([
    [{ pendingReplacement: true }, "urn:a was deleted to be replaced and not created again"],
    [{ external: true }, "urn:a was read, not created"],
    [{ viewOf: "urn:b" }, "urn:a is a view of another resource"],
    [{ deletedWith: "urn:b" }, "urn:a has a deletedWith option"],
    [{ resourceHooks: {} }, "urn:a has resource hooks"],
    [{ refreshBeforeUpdate: true }, "urn:a is to be refreshed before each update"],
  ])("with %j is refused by name", (rest, reason) => {
    expect(() => refuseForeignState([state({}), state(rest)])).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining(reason) }),
    );
  });

  test("without any of that is taken over", () => {
    expect(() =>
      refuseForeignState([state({ protect: true, retainOnDelete: true, delete: true })]),
    ).not.toThrow();
  });

  test("with resources of a plugin cannot be refreshed or destroyed, unless the package is bound", () => {
    expect(() => refusePluginTypes([state({})], hosts([]))).toThrow("aws:s3/bucket:Bucket");
    expect(() => refusePluginTypes([state({})], hosts(["aws"]))).not.toThrow();
  });
});
