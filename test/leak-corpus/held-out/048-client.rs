const CLIENT_ID: &str = "{{id}}";
const CLIENT_SECRET: &str = "{{secret}}";

pub async fn token() -> reqwest::Result<Token> {
    reqwest::Client::new()
        .post("https://login.mypurecloud.com/oauth/token")
        .basic_auth(CLIENT_ID, Some(CLIENT_SECRET))
        .form(&[("grant_type", "client_credentials")])
        .send().await?.json().await
}
