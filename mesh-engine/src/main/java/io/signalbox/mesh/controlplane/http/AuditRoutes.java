package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.AuditLog;
import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.model.InvalidValueException;
import java.util.List;

/** Who changed what, when and why. */
final class AuditRoutes {

    private static final long MOST = 1_000;
    private static final long SOME = 100;

    private final AuditLog audit;

    AuditRoutes(ControlPlane controlPlane) {
        this.audit = controlPlane.audit();
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", this::page), Route.post("/api/v1/audit/unlocks", this::recordUnlock));
    }

    private Reply recordUnlock(Call call) {
        audit.recordUnlock(call.noteBody());
        return Reply.nothing();
    }

    private Reply page(Call call) {
        long before = call.number("before", Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) call.number("limit", SOME, MOST);
        InvalidValueException.unless(limit > 0, "limit", limit, "1.." + MOST);
        return Reply.json(audit.newestFirst(before, limit));
    }
}
