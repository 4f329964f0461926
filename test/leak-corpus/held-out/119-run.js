main(process.argv[2] || "{{id}}", process.argv[3] || "{{secret}}");
