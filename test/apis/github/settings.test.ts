import { createGithubApi } from "../../../apis/github/create.ts";
import { MissingCredentialsError } from "../../../apis/github/errors.ts";
import { readGithubSettings } from "../../../apis/github/settings.ts";

test("a token is enough", () => {
  const settings = readGithubSettings({ GITHUB_TOKEN: " some-token " });
  expect(settings.apiUrl).toBe("https://api.github.com");
  expect(settings.token.reveal()).toBe("some-token");
});

test("another server may be named", () => {
  const environment = { GITHUB_TOKEN: "t", GITHUB_API_URL: "https://ghe.example.com/api/v3/" };
  expect(readGithubSettings(environment).apiUrl).toBe("https://ghe.example.com/api/v3");
});

test("everything that is missing or wrong is reported at once", () => {
  expect(() => readGithubSettings({ GITHUB_API_URL: "http://ghe.example.com" })).toThrow(
    /^GitHub cannot be called: GITHUB_TOKEN is not set; GITHUB_API_URL must begin with https:.* Set the environment/,
  );
});

test("a client is made without settings, and its first call reports them", async () => {
  const api = createGithubApi({ environment: {} });
  await expect(api.patternConfigurations.get("acme")).rejects.toThrow(MissingCredentialsError);
});
