import fc from "fast-check";
import {
  logicalNameOf,
  marker,
  markerPrefix,
  type Owner,
  readMarker,
  stripMarker,
  withMarker,
} from "../../core/marker.ts";

const owner: Owner = { organization: "acme", project: "genesys", stack: "prod", logicalName: "crm" };
const token = fc.stringMatching(/^[0-9a-z]{1,20}$/);
const owners = fc.record({
  organization: fc.string(),
  project: fc.string(),
  stack: fc.string(),
  logicalName: fc.string(),
  qualifiers: fc.array(fc.string(), { maxLength: 3 }),
});

describe("markerPrefix", () => {
  test("shows organisation, project, stack and name", () => {
    expect(markerPrefix(owner)).toMatch(/^guard:acme\/genesys\/prod\/crm~[0-9a-f]{8}$/);
  });

  test("tells resources of the same name apart without naming their type", () => {
    const decoy = markerPrefix({ ...owner, qualifiers: ["DecoyClient"] });
    expect(decoy).not.toBe(markerPrefix({ ...owner, qualifiers: ["OauthClient"] }));
    expect(decoy).not.toContain("Decoy");
  });

  test("differs for different owners", () => {
    fc.assert(
      fc.property(owners, owners, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(markerPrefix(a)).not.toBe(markerPrefix(b));
      }),
      { seed: 3 },
    );
  });
});

describe("logicalNameOf", () => {
  test("gives back the name in the program, whatever it is", () => {
    fc.assert(
      fc.property(owners, (who) => {
        expect(logicalNameOf(markerPrefix(who))).toBe(who.logicalName);
      }),
      { seed: 3 },
    );
  });

  test.each(["", "guard:a/b/c/d", "guard:a/b/c/d~0a1b2c3", "a/b/c/d~0a1b2c3d"])(
    "finds none in %j",
    (text) => {
      expect(logicalNameOf(text)).toBeUndefined();
    },
  );
});

describe("a description with a marker", () => {
  test("gives back the marker and the text, whatever they are", () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), owners, token, (text, who, one) => {
        const prefix = markerPrefix(who);
        const description = withMarker(text, prefix, one);
        expect(description.endsWith(marker(prefix, one))).toBe(true);
        expect(readMarker(description)).toEqual({ prefix, token: one });
        expect(stripMarker(description)).toBe(text === "" ? undefined : text);
      }),
      { seed: 3 },
    );
  });

  test.each([
    ["no description", undefined, undefined],
    ["an empty one", "", undefined],
    ["another text", "Reads the CRM", "Reads the CRM"],
    ["a marker in the middle", "guard:a/b/c/d#1 was here", "guard:a/b/c/d#1 was here"],
    ["a marker glued to a word", "xguard:a/b/c/d#1", "xguard:a/b/c/d#1"],
  ])("finds no marker in %s", (_case, description, text) => {
    expect(readMarker(description)).toBeUndefined();
    expect(stripMarker(description)).toBe(text);
  });

  test("survives a space that somebody's editor left behind it", () => {
    expect(readMarker(`Reads ${marker(markerPrefix(owner), "1")} `)?.token).toBe("1");
  });
});
