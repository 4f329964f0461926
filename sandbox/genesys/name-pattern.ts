/** Whether a name fits what a list was asked for: compared without case, `*` stands for any text. */
export const fitsName = (name: string, wanted: string): boolean => {
  const source = wanted.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(name);
};
