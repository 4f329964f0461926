SECRET_OF_THE_CLIENT = "{{secret}}"
CLIENT = "{{id}}"
CODE_CHALLENGE = "{{lookalike}}"
