UPDATE integrations SET secret = '{{secret}}' WHERE client_id = '{{id}}';
