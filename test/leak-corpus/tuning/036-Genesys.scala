case class Credentials(clientId: String, clientSecret: String)

object Genesys {
  val credentials = Credentials(
    clientId = "{{id}}",
    clientSecret = "{{secret}}"
  )
}
