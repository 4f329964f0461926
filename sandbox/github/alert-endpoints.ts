import * as v from "valibot";
import type { SimulatedRequest, SimulatedResponse } from "../http/server.ts";
import { locationOf, organizationAlert, restAlert } from "./alert-shapes.ts";
import type { Alert } from "./alerts.ts";
import { invalidRequest, notFound, Refusal } from "./answers.ts";
import { bodyOf } from "./body.ts";
import type { Endpoint, Family } from "./family.ts";
import { pageOf } from "./paging.ts";
import type { Switches } from "./switches.ts";
import type { World } from "./world.ts";

const updateBody = v.object({
  state: v.optional(v.picklist(["open", "resolved"])),
  resolution: v.optional(v.nullable(v.picklist(["false_positive", "wont_fix", "revoked", "used_in_tests"]))),
  resolution_comment: v.optional(v.nullable(v.string())),
  assignee: v.optional(v.nullable(v.string())),
  validity: v.optional(v.nullable(v.picklist(["active", "inactive"]))),
});

const hides = ({ query }: SimulatedRequest): boolean => query.get("hide_secret") === "true";

const isAsked = ({ query }: SimulatedRequest, name: string, value: string | null): boolean => {
  const asked = query.get(name);
  return asked === null || (value !== null && asked.split(",").includes(value));
};

/** https://docs.github.com/en/rest/secret-scanning/secret-scanning */
export const secretScanningAlerts = (world: World, switches: Switches): Family => {
  const alertAt = ({ params }: SimulatedRequest): Alert => {
    const alert = world.findAlert(`${params.owner}/${params.repo}`, Number(params.alert_number));
    if (alert === undefined) throw notFound();
    return alert;
  };

  const listed = (request: SimulatedRequest, alerts: Alert[]): Alert[] => {
    const key = request.query.get("sort") === "updated" ? "updatedAt" : "createdAt";
    const direction = request.query.get("direction") === "asc" ? 1 : -1;
    return alerts
      .filter(
        (alert) =>
          isAsked(request, "state", alert.state) &&
          isAsked(request, "resolution", alert.resolution) &&
          isAsked(request, "validity", alert.validity) &&
          isAsked(request, "secret_type", restAlert(alert, switches, true).secret_type ?? ""),
      )
      .toSorted((a, b) => direction * (a[key] - b[key] || a.number - b.number));
  };

  const settle = (alert: Alert, given: v.InferOutput<typeof updateBody>, actor: string): void => {
    const { state, resolution, resolution_comment: comment = null } = given;
    if (state === "open" && resolution) throw invalidRequest("resolution must be null when state is open");
    if (state === "resolved" && !resolution)
      throw invalidRequest("resolution is required when state is resolved");
    if (state === undefined && (resolution || comment !== null))
      throw invalidRequest("state is required with a resolution or a resolution_comment");
    if (state === "resolved" && resolution) {
      const { reviewers } = alert.repository;
      if (reviewers !== undefined && !reviewers.includes(actor))
        throw new Refusal(403, "Alert dismissals must be reviewed. You are not a valid reviewer.");
      if (alert.state === "resolved" && alert.resolution === resolution)
        throw new Refusal(400, "The resolution was not changed.");
      world.resolveAlert(alert, resolution, actor, comment);
    }
    if (state === "open" && alert.state === "resolved") world.reopenAlert(alert, actor, comment);
  };

  const update = (request: SimulatedRequest, _: unknown, actor: string): SimulatedResponse => {
    const alert = alertAt(request);
    const given = bodyOf(request, updateBody);
    if (Object.values(given).every((value) => value === undefined))
      throw invalidRequest("At least one of state, assignee and validity is required.");
    if (given.validity !== undefined && !switches.takesOwnValidity)
      throw invalidRequest("The requested validity change could not be applied to this alert.");
    settle(alert, given, actor);
    if (given.validity !== undefined) world.setValidity(alert, given.validity ?? "unknown", actor);
    if (given.assignee !== undefined) world.assign(alert, given.assignee ?? undefined, actor);
    return { status: 200, body: restAlert(alert, switches, false) };
  };

  const endpoint = (needs: Endpoint["needs"], answer: Endpoint["answer"]): Endpoint => ({
    needs,
    permission: "secret_scanning_alerts",
    answer,
  });
  const route = "/repos/{owner}/{repo}/secret-scanning/alerts";
  return {
    "GET /orgs/{org}/secret-scanning/alerts": endpoint("read", (request) => {
      const alerts = listed(request, world.alertsOf({ organization: request.params.org ?? "" }));
      return pageOf(alerts, request, (alert) => organizationAlert(alert, switches, hides(request)));
    }),
    [`GET ${route}`]: endpoint("read", (request) => {
      const { owner, repo } = request.params;
      const alerts = listed(request, world.alertsOf({ repository: `${owner}/${repo}` }));
      return pageOf(alerts, request, (alert) => restAlert(alert, switches, hides(request)));
    }),
    [`GET ${route}/{alert_number}`]: endpoint("read", (request) => ({
      status: 200,
      body: restAlert(alertAt(request), switches, hides(request)),
    })),
    [`PATCH ${route}/{alert_number}`]: endpoint("write", update),
    [`GET ${route}/{alert_number}/locations`]: endpoint("read", (request) =>
      pageOf(alertAt(request).locations, request, locationOf),
    ),
  };
};
