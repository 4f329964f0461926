const client = platformClient.ApiClient.instance;
    client.loginClientCredentialsGrant('{{id}}','{{secret}}')
    .then(()=> {
      return new platformClient.QualityApi().postQualitySurveys({});
    })
    .catch((err) => { console.log(err); });
