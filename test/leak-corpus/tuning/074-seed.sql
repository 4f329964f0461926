INSERT INTO oauth_client (id, name, client_id, client_secret)
VALUES ('{{otherUuid}}', 'genesys', '{{id}}', '{{secret}}');
