/** The id of an object as the platform answered with it; its models leave every id optional. */
export const idOf = (object: { id?: string }): string => {
  if (object.id === undefined)
    throw new Error(
      "The platform's answer has no id. Run it again; if it stays, report it to the platform's support.",
    );
  return object.id;
};
