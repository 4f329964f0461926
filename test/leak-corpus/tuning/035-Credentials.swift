struct Credentials {
    static let clientID = "{{id}}"
    static let clientSecret = "{{secret}}"
}
