describe('presence', () => {
  const credentials = { id: '{{id}}', secret: '{{secret}}' };

  it('reads the presence of an agent of Genesys Cloud', async () => {
    const session = await login(credentials, 'https://login.mypurecloud.com');
    expect(session.accessToken).toBeDefined();
  });
});
