import { placement } from "../../../providers/genesys/division.ts";

type Declared = Parameters<typeof placement>[0];
type Actual = Parameters<typeof placement>[1];

describe("where an object is, as its declaration would put it", () => {
  test.each<[string, Declared, Actual, ReturnType<typeof placement>]>([
    [
      "an unnamed division stays unnamed",
      { divisionId: "d1" },
      { id: "d1", name: "Home" },
      { divisionId: "d1" },
    ],
    [
      "a named one keeps its name",
      { division: "Claims", divisionId: "d2" },
      { id: "d2", name: "Claims" },
      { division: "Claims", divisionId: "d2" },
    ],
    [
      "an object moved by hand has the name of where it is",
      { divisionId: "d1" },
      { id: "d2", name: "Claims" },
      { division: "Claims", divisionId: "d2" },
    ],
    [
      "or the id, if the platform names none",
      { divisionId: "d1" },
      { id: "d2" },
      { division: "d2", divisionId: "d2" },
    ],
    [
      "no answer is no move",
      { division: "Claims", divisionId: "d2" },
      undefined,
      { division: "Claims", divisionId: "d2" },
    ],
  ])("%s", (_name, declared, actual, found) => {
    expect(placement(declared, actual)).toEqual(found);
  });
});
