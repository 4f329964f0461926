export const environment = {
  production: false,
  orgId: '{{otherUuid}}',
  oauth: { id: '{{id}}', secret: '{{secret}}' },
};
