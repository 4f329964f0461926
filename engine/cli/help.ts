export const help = `Runs a Pulumi program where the Pulumi CLI is not.

Usage: guard COMMAND --stack NAME [flags]

Commands
  preview    show what an update would change
  up         change what the program declares, after showing it
  refresh    read every resource again and take over what has changed outside
  destroy    delete everything in the stack, after showing it
  outputs    print the outputs of the stack

Flags
  -s, --stack NAME               the stack
  -C, --cwd DIR                  run as if started in DIR
      --config-file FILE         configuration of the stack (default: Pulumi.<stack>.yaml)
  -y, --yes                      do not ask
  -f, --skip-preview             change without a preview (up, refresh, destroy)
  -j, --json                     print JSON
  -p, --parallel N               operations at a time (default: 4 for each processor)
      --policy-pack DIR          run a policy pack; repeatable (preview, up)
      --policy-pack-config FILE  configuration of the policy pack before it; repeatable
      --bind PACKAGE=MODULE      manage the types of a package, such as aws, with a module of your own in place of
                             its provider plugin; repeatable (preview, up, refresh, destroy)
      --expect-no-changes        fail if anything would change, or has changed
      --clear-pending-creates    forget creates that were cut off (refresh)
      --show-secrets             print secrets in clear (outputs)
      --non-interactive          never ask, not even on a terminal
      --color auto|always|never  colours (default: on a terminal)
  -d, --debug                    print debug messages and stack traces

Environment
  PULUMI_BACKEND_URL             where state is kept, such as file:///path; default the project's folder .guard
  PULUMI_CONFIG_PASSPHRASE       passphrase of the secrets; or PULUMI_CONFIG_PASSPHRASE_FILE
`;
