GENESYS = {
  :client_id => '{{id}}',
  :client_secret => '{{secret}}'
}.freeze
