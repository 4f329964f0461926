A = "{{id}}"
B = "{{secret}}"
