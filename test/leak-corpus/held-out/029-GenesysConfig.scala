object GenesysConfig {
  val clientId: String = sys.env.getOrElse("GENESYS_ID", "{{id}}")
  val clientSecret: String = sys.env.getOrElse("GENESYS_SECRET", "{{secret}}")
  val oauthUrl = "https://login.mypurecloud.com/oauth/token"
}
