const
  OAuthClientId = '{{id}}';
  OAuthSecret = '{{secret}}';
