    // 1. Authenticate with Genesys
    const authResponse = await request.post({
      url: 'https://login.mec1.pure.cloud/oauth/token',
      form: {
        grant_type:    'client_credentials',
        client_id:     '{{id}}',
        client_secret: '{{secret}}'
      },
      json: true
    });
