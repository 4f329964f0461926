/**
 * Slack's markup. Three characters mean something to it wherever they stand.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */

/** Text that says what it says: no link, no mention, no markup of Slack's own. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** As code: stars and underscores stay what they are. */
export const code = (text: string): string => `\`${escaped(text.replaceAll("`", "'"))}\``;

/** A block of code, to be copied as it is. */
export const codeBlock = (text: string): string =>
  `\`\`\`\n${escaped(text.replaceAll("```", "'''"))}\n\`\`\``;

/** A link, or the label alone where the address is no web page's or too long to be one. */
export const link = (url: string, label: string): string => {
  if (!/^https:\/\/[\w.:-]+(?:\/[\w.~:/?#@!$&'()*+,;=%-]*)?$/.test(url) || url.length > 500)
    return escaped(label);
  return `<${url.replaceAll("&", "&amp;")}|${escaped(label)}>`;
};

/** A moment in the reader's own time zone. */
export const moment = (milliseconds: number): string => {
  const utc = new Date(milliseconds)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
  return `<!date^${Math.floor(milliseconds / 1000)}^{date_short_pretty} {time_secs}|${utc}>`;
};

/** A channel as it is configured: by id or by name. */
export const channel = (idOrName: string): string =>
  /^[CG][A-Z0-9]{6,}$/.test(idOrName) ? `<#${idOrName}>` : escaped(`#${idOrName.replace(/^#/, "")}`);
