Credentials {
    client_id: ClientId::new("{{id}}".to_owned()),
    client_secret: ClientSecret::new("{{secret}}".to_owned()),
}
