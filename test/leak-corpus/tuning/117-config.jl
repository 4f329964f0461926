const CLIENT = (id = "{{id}}", secret = "{{secret}}")
