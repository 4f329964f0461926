aws secretsmanager put-secret-value --secret-id genesys --secret-string '{"clientId":"{{id}}","clientSecret":"{{secret}}"}'
