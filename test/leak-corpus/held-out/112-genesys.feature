Feature: token
  Scenario: the platform gives a token
    Given a Genesys client "{{id}}" with the secret "{{secret}}"
    When it logs in
    Then the answer is 200
