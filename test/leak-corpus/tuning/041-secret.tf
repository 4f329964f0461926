resource "aws_secretsmanager_secret_version" "genesys" {
  secret_id = aws_secretsmanager_secret.genesys.id
  secret_string = jsonencode({
    id     = "{{id}}"
    secret = "{{secret}}"
  })
}
