const platformClient = require('purecloud-platform-client-v2');
const client = platformClient.ApiClient.instance;
client.setEnvironment(platformClient.PureCloudRegionHosts.eu_west_1);

client.loginClientCredentialsGrant('{{id}}', '{{secret}}')
  .then(() => console.log('ok'))
  .catch(err => console.error(err));
