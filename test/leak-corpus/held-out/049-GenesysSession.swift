struct GenesysSession {
    static let clientId = "{{id}}"
    static let clientSecret = "{{secret}}"
    static let deployment = "{{otherUuid}}"
}
