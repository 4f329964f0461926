// Sign-in with PKCE; the server part uses the secret.
const codeVerifier = '{{lookalike}}';
const clientId = '{{id}}';
const clientSecret = '{{secret}}';
