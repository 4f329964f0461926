import type { User } from "../../../../apis/genesys/api.ts";
import { entanglements, nextPatch, type WantedUser } from "../../../../providers/genesys/trap/user-patch.ts";

const wanted: WantedUser = { name: "System Backup", department: "IT", state: "active" };
const there: User = { id: "u1", version: 3, name: "System Backup", department: "IT", state: "active" };

describe("the next PATCH of a user", () => {
  test.each<[string, Partial<User>, object | undefined]>([
    ["is none for a user that is as wanted", {}, undefined],
    ["takes an empty text for an absent one", { title: "" }, undefined],
    ["restores a deleted user before all else", { state: "deleted", name: "Other" }, { state: "active" }],
    ["sends the attributes that differ, and they alone", { name: "Other" }, { name: "System Backup" }],
    ["empties what is not declared", { title: "Robot" }, { title: "" }],
    ["sends attributes before the state", { state: "inactive", department: "Ops" }, { department: "IT" }],
    ["sends the state alone", { state: "inactive" }, { state: "active" }],
  ])("%s", (_name, differing, patch) => {
    expect(nextPatch({ ...there, ...differing }, wanted)).toEqual(patch);
  });
});

describe("what makes a user more than bait", () => {
  test.each<[string, Partial<User>, string[]]>([
    ["nothing, on a user with nothing but an address", {}, []],
    ["not the role that everybody has", { authorization: { roles: [{ name: "employee" }] } }, []],
    ["a role", { authorization: { roles: [{ name: "Admin" }, {}] } }, ["the role Admin", "the role "]],
    ["a team", { team: { name: "Claims" } }, ["the team Claims"]],
    [
      "a telephone",
      {
        addresses: [{ mediaType: "PHONE", address: "+15551234" }],
        primaryContactInfo: [{ mediaType: "SMS" }],
      },
      ["a telephone number"],
    ],
    ["not an e-mail address", { primaryContactInfo: [{ mediaType: "EMAIL", address: "a@b.example" }] }, []],
  ])("%s", (_name, extra, found) => {
    expect(entanglements({ ...there, ...extra })).toEqual(found);
  });
});
