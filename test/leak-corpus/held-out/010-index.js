const platformClient = require('purecloud-platform-client-v2');
const client = platformClient.ApiClient.instance;
client.setEnvironment('sae1.pure.cloud');

const clientId = '{{id}}';
const clientSecret = '{{secret}}';

client.loginClientCredentialsGrant(clientId, clientSecret)
  .then(() => console.log('ok'))
  .catch((err) => console.log(err));
