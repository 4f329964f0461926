Rails.application.config.purecloud = {
  client_id:     '{{id}}',
  client_secret: '{{secret}}',
  host:          'https://api.mypurecloud.com.au'
}
