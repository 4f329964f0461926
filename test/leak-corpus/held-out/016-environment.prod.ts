export const environment = {
  production: true,
  apiUrl: 'https://contact.example.net',
  genesys: {
    deploymentId: '{{otherUuid}}',
    region: 'euw2.pure.cloud',
    clientId: '{{id}}',
    secret: '{{secret}}',
  },
};
