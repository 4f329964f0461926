SET @EnvAuthBaseUrl = 'https://login.mypurecloud.de/oauth/token';
SET @EnvAuthClientId = '{{id}}';
SET @EnvAuthClientSecret = '{{secret}}';
UPDATE routing_token_config SET client_id = @EnvAuthClientId, client_secret = @EnvAuthClientSecret WHERE destination = 'GENESYS';
