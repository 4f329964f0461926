import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installPython } from "../../../scripts/python/install.ts";

const script = `
import hyperscan, json, sys
answers = []
for expression, texts in json.load(sys.stdin):
    database = hyperscan.Database()
    try:
        database.compile(expressions=[expression.encode("utf8")], ids=[0], flags=[0])
    except Exception:
        answers.append(None)
        continue
    answer = []
    for text in texts:
        ends = set()
        database.scan(text.encode("latin1"), match_event_handler=lambda i, start, end, flags, context: ends.add(end))
        answer.append(sorted(ends))
    answers.append(answer)
json.dump(answers, sys.stdout)
`;

/** Where matches end in each text, in bytes; undefined for an expression that does not compile, or matches nothing at all. */
export const hyperscanEnds = (
  cases: readonly (readonly [expression: string, texts: readonly string[]])[],
): (number[][] | undefined)[] => {
  const python = join(installPython(join(__dirname, "../../.."), "hyperscan"), "python3");
  const { stdout, stderr, status } = spawnSync(python, ["-c", script], {
    input: JSON.stringify(cases),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`Hyperscan failed: ${stderr}`);
  const answers = JSON.parse(stdout) as (number[][] | null)[];
  return answers.map((answer) => answer ?? undefined);
};
