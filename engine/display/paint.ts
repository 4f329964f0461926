/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/diag/colors/colors.go */
const codes = {
  headline: "1;95",
  info: "35",
  error: "31",
  warning: "33",
  bold: "1",
  create: "32",
  update: "33",
  delete: "31",
  replace: "95",
  createReplacement: "92",
  deleteReplaced: "91",
  read: "96",
  plain: "0",
} as const;

export type Hue = keyof typeof codes;
/** Colours a text, or leaves it as it is where there is no terminal. */
export type Paint = (hue: Hue, text: string) => string;

export const createPaint = (color: boolean): Paint =>
  color ? (hue, text) => `\u001b[${codes[hue]}m${text}\u001b[0m` : (_, text) => text;
