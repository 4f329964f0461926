import fc from "fast-check";
import { nameBetraysTrap } from "../../../core/decoy/name.ts";
import { proof } from "../../proof.ts";

const innocent = [
  "Legacy CRM Sync",
  "External Reporting Tool",
  "System Backup",
  "admin_backup",
  "hr_payroll_manager",
  "Genesys_CRM_Integration_Key",
  "Contest Service",
  "Latest Attestation",
  "Protest Desk",
  "Testament",
  "Bootstrap",
  "Hammock Store",
  "Mockup Export",
  "Trapeze Booking",
  "Strap7",
  "nodeCoyote",
  "Allure Cosmetics",
  "Failure Reports",
  "Democracy Watch",
  "Baitul Finance",
  "Honeywell Gateway",
  "Honey Farm Café",
  "Building 7357",
  "SLA 1337 45 7",
  "ba9t",
  "honey, then pots",
  "Canarias Telecom",
  "$ales @ccounts!",
  "B2B-2026",
  "",
  "7",
];

const betraying: [name: string, word: string][] = [
  ["Trap", "trap"],
  ["Honeypot", "honeypot"],
  ["CRM Decoy", "decoy"],
  ["decoyware", "decoy"],
  ["mycanarytoken", "canarytoken"],
  ["Canary Token 3", "canary token"],
  ["Canary-Reporting", "canary"],
  ["bait_client", "bait"],
  ["Fake CRM", "fake"],
  ["test-client", "test"],
  ["TestClient", "test"],
  ["CRMTest", "test"],
  ["test2", "test"],
  ["2test", "test"],
  ["TEST", "test"],
  ["testing", "testing"],
  ["Dummy Integration", "dummy"],
  ["Sandbox", "sandbox"],
  ["TripwireSync", "tripwire"],
  ["SNMPTrap", "trap"],
  ["HoneyPot", "honey pot"],
  ["honey - pot", "honey pot"],
  ["honey_token", "honey token"],
  ["DeCoy", "decoy"],
  ["H0neyp0t-crm", "honeypot"],
  ["d3c0y", "decoy"],
  ["te5t", "test"],
  ["7rap", "trap"],
  ["tr@p", "trap"],
  ["ba1t", "bait"],
  ["ba!t", "bait"],
  ["1ure", "lure"],
  ["8ait", "bait"],
  ["$nare", "snare"],
  ["f4ke", "fake"],
  ["Dêcoy", "decoy"],
  ["ＴＲＡＰ", "trap"],
  ["test!", "test"],
  ["crm.demo", "demo"],
];

test.each(innocent)("%j is credible", (name) => {
  expect(nameBetraysTrap(name)).toBeUndefined();
});

test.each(betraying)("%j betrays itself by %j", (name, word) => {
  expect(nameBetraysTrap(name)).toBe(word);
});

test.each(
  "bait baited baits bogus canaries canary deception demo demos dummies dummy fake faked fakes honeynet lure lures mock mocked mocks phony placeholder sandbox sandboxed sandboxes snare snares spoof spoofed spoofs test tester testers testing tests trap trapped traps".split(
    " ",
  ),
)("%s betrays as a word and not as a part of one", (word) => {
  expect(nameBetraysTrap(`Legacy ${word} Sync`)).toBe(word);
  expect(nameBetraysTrap(`LegacyX${word}x`)).toBeUndefined();
});

test.each(["decoys", "honeypots", "honeytokens"].map((word) => [word, word.slice(0, -1)] as const))(
  "%s betrays by %s",
  (plural, word) => {
    expect(nameBetraysTrap(plural)).toBe(word);
  },
);

test.each(["HoNeYpOt", "DeCoYs", "HoNeYtOkEn", "HoNeYpOtS", "HoNeYtOkEnS", "DeCoY"])(
  "capitals inside %s do not hide it",
  (name) => {
    expect(nameBetraysTrap(name)).toBe(name.toLowerCase());
  },
);

proof(
  "a betraying word is seen between any separators, in any case",
  { quick: 300, full: 10000 },
  (numRuns, seed) => {
    const word = fc.constantFrom("trap", "decoy", "bait", "canary", "test", "fake");
    const separator = fc.constantFrom(" ", "-", "_", ".", "/", "7");
    const around = fc.constantFrom("Legacy", "CRM", "x");
    fc.assert(
      fc.property(
        around,
        separator,
        word,
        separator,
        around,
        fc.boolean(),
        (before, left, each, right, after, upper) => {
          const name = `${before}${left}${upper ? each.toUpperCase() : each}${right}${after}`;
          expect(nameBetraysTrap(name)).toBe(each);
        },
      ),
      { numRuns, seed },
    );
  },
);

proof("no name makes it throw", { quick: 300, full: 10000 }, (numRuns, seed) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      nameBetraysTrap(name);
    }),
    { numRuns, seed },
  );
});
