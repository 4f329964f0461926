PureCloud.configure do |config|
  config.host = "api.mypurecloud.com.au"
end

authentication = PureCloud.authenticate_with_client_credentials '{{id}}', '{{secret}}', "mypurecloud.com.au"
