import { fingerprint } from "../../../../core/fingerprint.ts";
import { channel, code, codeBlock, escaped, link, moment } from "../../../../core/leak/report/mrkdwn.ts";
import { quoted } from "../../../../core/leak/report/quote.ts";
import { duration, ownershipInWords, verdictInWords } from "../../../../core/leak/report/words.ts";

test.each([
  ["src/main/java/com/acme/reports2/ReportExporterConfiguration.java", 200],
  ["docs/how-to-export-the-queues-of-the-last-24-hours-to-a-file.md", 200],
  ["6f1c7a50-6f0e-4d6a-9b6f-0d4f8f6d7a11", 40],
])("a name that people give stays: %s", (name, most) => {
  expect(quoted(name, most)).toBe(name);
});

test("what looks like a secret is hidden, and its neighbours are not", () => {
  const random = "aB3".repeat(15);
  expect(quoted(`dir/${random}.env`, 200)).toBe("dir/[hidden].env");
});

test("what is the secret is hidden although it looks like a name", () => {
  const secret = "some-very-long-name-of-a-file-without-a-digi";
  const whole = `x${secret.slice(0, 43)}y`;
  expect(quoted(`dir/${whole}`, 200)).toBe(`dir/${whole}`);
  expect(quoted(`dir/${whole}`, 200, fingerprint(secret.slice(0, 43)))).toBe("dir/[hidden]");
  expect(quoted(`dir/${whole}`, 200, fingerprint("another"))).toBe(`dir/${whole}`);
});

test("long text keeps its end, and text that is no name at all is left out", () => {
  expect(quoted(`${"d/".repeat(40)}settings.py`, 20)).toBe("d/d/d/…d/settings.py");
  expect(quoted("a/".repeat(2_049), 20)).toBe("[too long]");
});

test("nothing is said to be nothing", () => {
  expect(quoted(" \n\u200b", 20)).toBe("[empty]");
});

test("one line stays one line", () => {
  expect(quoted("a\nb\u2028c\u202ed\0e", 20)).toBe("a b c d e");
});

test("markup of outside is text", () => {
  expect(escaped("<!channel> & <@U1>")).toBe("&lt;!channel&gt; &amp; &lt;@U1&gt;");
  expect(code("a`b<c")).toBe("`a'b&lt;c`");
  expect(codeBlock("x```y")).toBe("```\nx'''y\n```");
});

test.each([
  ["https://github.com/a/b?x=1&y=2#z", "<https://github.com/a/b?x=1&amp;y=2#z|label>"],
  ["javascript:alert(1)", "label"],
  ["https://evil.example/|x>", "label"],
  [`https://a.example/${"x".repeat(600)}`, "label"],
])("only a web page is linked: %#", (url, expected) => {
  expect(link(url, "label")).toBe(expected);
});

test("a moment is shown in the reader's own time, and in UTC where that cannot be", () => {
  expect(moment(1_700_000_000_123)).toBe(
    "<!date^1700000000^{date_short_pretty} {time_secs}|2023-11-14 22:13:20 UTC>",
  );
});

test.each([
  ["C0SECURITY", "<#C0SECURITY>"],
  ["#security", "#security"],
  ["security", "#security"],
  ["<!here>", "#&lt;!here&gt;"],
])("a channel is shown by id or name: %s", (given, expected) => {
  expect(channel(given)).toBe(expected);
});

test.each([
  [-5, "0.0 s"],
  [4_260, "4.2 s"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 5 min"],
  [200_000_000, "2 days"],
])("%p milliseconds are %s", (milliseconds, expected) => {
  expect(duration(milliseconds)).toBe(expected);
});

test("verdicts and owners have words, where there are none too", () => {
  expect(verdictInWords(undefined)).toBe("not judged");
  expect(verdictInWords({ kind: "unknown", because: "otherGrant", retry: false })).toMatch(/^unknown: /);
  expect(ownershipInWords(undefined)).toBe("no client of the organisation");
  expect(ownershipInWords({ kind: "rotated", credentialId: "a", generation: "pending" })).toContain(
    "the next",
  );
  expect(ownershipInWords({ kind: "unmanaged" })).toContain("does not know");
});
