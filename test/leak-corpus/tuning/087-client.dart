const clientId = '{{id}}';
const clientSecret = '{{secret}}';
final client = await oauth2.clientCredentialsGrant(endpoint, clientId, clientSecret);
