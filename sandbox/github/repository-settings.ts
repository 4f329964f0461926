/**
 * What security settings a repository has.
 *
 * - verified (https://docs.github.com/en/rest/repos/repos#get-a-repository, #update-a-repository): the field
 *   `security_and_analysis`, which only administrators see and change; what is left out stays.
 * - verified (https://docs.github.com/en/code-security/secret-scanning/introduction/about-push-protection): no push
 *   protection without secret scanning; switched off together.
 * - assumed: push protection without scanning is 422.
 * - Gaps: every other field of a repository; organisations without Secret Protection.
 */
import * as v from "valibot";
import { invalidFields } from "./answers.ts";
import { bodyOf } from "./body.ts";
import type { Family } from "./family.ts";
import type { ScopeState } from "./pattern-world.ts";

const setting = v.optional(v.object({ status: v.picklist(["enabled", "disabled"]) }));
const updateBody = v.object({
  security_and_analysis: v.optional(
    v.object({ secret_scanning: setting, secret_scanning_push_protection: setting }),
  ),
});

const status = (isOn: boolean) => ({ status: isOn ? "enabled" : "disabled" });

const wire = ({ key, secretScanning, pushProtection }: ScopeState) => ({
  full_name: key.replace(/^repos\//, ""),
  security_and_analysis: {
    secret_scanning: status(secretScanning),
    secret_scanning_push_protection: status(secretScanning && pushProtection),
  },
});

export const repositorySettings = (): Family => ({
  "GET /repos/{owner}/{repo}": {
    needs: "read",
    permission: "administration",
    needsNoScanning: true,
    answer: (_request, scope) => ({ status: 200, body: wire(scope) }),
  },
  "PATCH /repos/{owner}/{repo}": {
    needs: "write",
    permission: "administration",
    needsNoScanning: true,
    answer: (request, scope) => {
      const { security_and_analysis: given = {} } = bodyOf(request, updateBody);
      const { secret_scanning: scanning, secret_scanning_push_protection: protection } = given;
      const isScanned = scanning === undefined ? scope.secretScanning : scanning.status === "enabled";
      if (!isScanned && protection?.status === "enabled")
        throw invalidFields([
          {
            resource: "Repository",
            field: "security_and_analysis",
            code: "custom",
            message: "Secret scanning must be enabled to enable push protection.",
          },
        ]);
      scope.secretScanning = isScanned;
      if (protection !== undefined) scope.pushProtection = protection.status === "enabled";
      return { status: 200, body: wire(scope) };
    },
  },
});
