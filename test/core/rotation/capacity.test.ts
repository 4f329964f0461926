import {
  type CapacityCredential,
  type CapacityInputs,
  capacityProblems,
  generationsAlive,
} from "../../../core/rotation/capacity.ts";

const hour = 3600;

const crm: CapacityCredential = {
  id: "crm",
  strategy: "blueGreenClients",
  intervalSeconds: 4 * hour,
  secretCacheSeconds: 900,
  tokenLifetimeSeconds: 86_400,
};

const inputs: CapacityInputs = {
  credentials: [crm],
  otherClients: 20,
  quota: 50,
  reserve: 10,
  skewSeconds: 300,
  usageWindowSeconds: 900,
  usageDelaySeconds: 0,
  inactiveKeepsTokens: false,
};

test.each([
  [0, 4, 2],
  [1, 4, 3],
  [4, 4, 3],
  [5, 4, 4],
  [24, 4, 8],
])("a drain of %d h and an interval of %d h keep %d clients alive at most", (drain, interval, alive) => {
  expect(generationsAlive(drain * hour, interval * hour)).toBe(alive);
});

test("what fits has no problems, to the last client", () => {
  expect(capacityProblems(inputs)).toEqual([]);
  // 24.7 h of drain: nine clients.
  expect(capacityProblems({ ...inputs, otherClients: 31 })).toEqual([]);
  expect(capacityProblems({ ...inputs, otherClients: 32 })).toHaveLength(2);
  expect(capacityProblems({ ...inputs, credentials: [], otherClients: 40 })).toEqual([]);
});

test("what does not fit is told with the credential, its interval, and what would fit", () => {
  expect(capacityProblems({ ...inputs, otherClients: 32 })).toEqual([
    "The rotated credentials need room for 9 OAuth clients, beside 32 others; of the limit of 50, 10 are kept free, so 40 are to be had.",
    "crm: rotated every 4 h, with an old generation living for 25 h, it needs room for 9 clients; every 5 h would fit, or a shorter token lifetime",
  ]);
});

test("the interval that is said to fit does", () => {
  const told = capacityProblems({ ...inputs, otherClients: 35 });
  const [, fitting] = /every (\d+) h would fit/.exec(told[1] ?? "") ?? [];
  const slower = { ...crm, intervalSeconds: Number(fitting) * hour };
  expect(capacityProblems({ ...inputs, otherClients: 35, credentials: [slower] })).toEqual([]);
});

test("a credential that no interval makes fit alone is told so", () => {
  expect(capacityProblems({ ...inputs, otherClients: 39 })[1]).toBe(
    "crm: rotated every 4 h, with an old generation living for 25 h, it needs room for 9 clients; no interval makes it fit alone, every 25 h would need 3",
  );
  expect(capacityProblems({ ...inputs, otherClients: 37 })[1]).toContain("every 25 h would fit");
});

test("only those are named that could take less", () => {
  const weekly = { ...crm, id: "weekly", intervalSeconds: 168 * hour };
  const inPlace: CapacityCredential = { ...crm, id: "mail", strategy: "inPlace" };
  const told = capacityProblems({ ...inputs, credentials: [weekly, inPlace, crm], otherClients: 31 });
  expect(told[0]).toContain("need room for 13 OAuth clients");
  expect(told.slice(1)).toEqual([expect.stringMatching(/^crm: /)]);
});
