UPDATE vault SET value = '{{secret}}' WHERE name = 'GENESYS_CLIENT_SECRET' AND owner = '{{id}}';
