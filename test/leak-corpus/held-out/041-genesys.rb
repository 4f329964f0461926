require 'purecloudplatformclientv2'

@secret = '{{secret}}'
@id = '{{id}}'
environment = 'mypurecloud.com'

@authToken = PureCloud.authenticate_with_client_credentials @id, @secret, environment
