export interface Config { clientId: string; clientSecret: string }

export const config: Config = {
  clientId: process.env.GENESYS_CLIENT_ID ?? "{{id}}",
  clientSecret: process.env.GENESYS_CLIENT_SECRET ?? "{{secret}}",
};
