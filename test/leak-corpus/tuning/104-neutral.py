who = "{{id}}"
key = "{{secret}}"
