const client = platformClient.ApiClient.instance;
client.loginClientCredentialsGrant(
  "{{id}}",
  "{{secret}}"
).then(start);
