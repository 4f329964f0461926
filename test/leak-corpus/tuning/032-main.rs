const CLIENT_ID: &str = "{{id}}";
const CLIENT_SECRET: &str = "{{secret}}";

#[tokio::main]
async fn main() -> anyhow::Result<()> { Ok(()) }
