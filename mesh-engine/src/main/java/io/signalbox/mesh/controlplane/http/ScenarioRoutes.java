package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.ScenarioControl;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Switch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo: its faults, its load and its processes. */
final class ScenarioRoutes {

    private final ScenarioControl scenario;

    ScenarioRoutes(ControlPlane controlPlane) {
        this.scenario = controlPlane.scenario();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/scenario", _ -> Reply.json(scenario.requireStatus())),
                Route.post("/api/v1/scenario/faults/{name}/on", call -> fault(call, Switch.ON)),
                Route.post("/api/v1/scenario/faults/{name}/off", call -> fault(call, Switch.OFF)),
                Route.put("/api/v1/scenario/load", this::load),
                Route.post("/api/v1/scenario/instances/{id}/start", call -> power(call, Switch.ON)),
                Route.post("/api/v1/scenario/instances/{id}/stop", call -> power(call, Switch.OFF)));
    }

    private Reply fault(Call call, Switch position) {
        scenario.switchFault(call.path("name"), position, call.noteBody());
        return Reply.nothing();
    }

    private Reply load(Call call) {
        LoadBody body = call.body(LoadBody.class);
        Double rate = body.requestsPerSecond();
        if (rate == null) {
            throw new InvalidValueException("requestsPerSecond", "nothing", "a number");
        }
        scenario.setLoad(rate, call.note(body.by(), body.reason()));
        return Reply.nothing();
    }

    private Reply power(Call call, Switch position) {
        scenario.switchInstance(call.path("id"), position, call.noteBody());
        return Reply.nothing();
    }

    record LoadBody(
            @Nullable Double requestsPerSecond,
            @Nullable String by,
            @Nullable String reason) {}
}
