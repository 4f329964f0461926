INSERT INTO integrations (name, provider, client_id, client_secret, region)
VALUES ('dialler', 'genesys_cloud', '{{id}}', '{{secret}}', 'us-east-1');
