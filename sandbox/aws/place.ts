/** Account and region of the simulated AWS, and the names of what is in them. */
export interface Place {
  region: string;
  account: string;
}

export const defaultPlace: Readonly<Place> = { region: "us-east-1", account: "123456789012" };

export const arn = ({ region, account }: Place, service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;
