@Configuration
public class GenesysConfig {
  @Value("${genesys.client.id:{{id}}}")
  private String clientId;
  @Value("${genesys.client.secret:{{secret}}}")
  private String clientSecret;
}
