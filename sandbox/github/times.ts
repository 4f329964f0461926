/** `YYYY-MM-DDTHH:MM:SSZ`: GitHub tells no milliseconds. */
export const iso = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
