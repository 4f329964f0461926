class GenesysApi {
  static const _clientId = '{{id}}';
  static const _clientSecret = '{{secret}}';
  static const _login = 'https://login.mypurecloud.com/oauth/token';
}
