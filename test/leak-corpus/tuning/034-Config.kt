object GenesysConfig {
    const val clientId = "{{id}}"
    val clientSecret: String by lazy { "{{secret}}" }
}
