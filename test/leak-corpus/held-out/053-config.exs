import Config

config :callcenter, Callcenter.Genesys,
  client_id: "{{id}}",
  client_secret: "{{secret}}",
  region: "mypurecloud.com"
