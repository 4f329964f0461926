config :acme, Acme.Genesys,
  client_id: "{{id}}",
  client_secret: "{{secret}}"
