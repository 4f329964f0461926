/** Cuts a stream of text into lines; `end` gives the last one, which had no line end. */
export const toLines = (onLine: (line: string) => void): { push(text: string): void; end(): void } => {
  let rest = "";
  return {
    push: (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line.trimEnd());
    },
    end: () => {
      if (rest !== "") onLine(rest.trimEnd());
      rest = "";
    },
  };
};
