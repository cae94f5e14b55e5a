package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.PolicyRevision;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The levers on traffic: shares and circuits. */
final class TrafficRoutes {

    private final ControlPlane controlPlane;

    TrafficRoutes(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/canaries/{service}/weight", this::setWeights),
                Route.get(
                        "/api/v1/breakers",
                        _ -> Reply.json(controlPlane.snapshot().breakers())),
                Route.get(
                        "/api/v1/breakers/{edge}/autopsy",
                        call -> Reply.json(controlPlane.breakers().autopsy(call.path("edge")))),
                Route.post("/api/v1/breakers/{edge}/open", call -> breaker(call, BreakerCommand.OPEN)),
                Route.post("/api/v1/breakers/{edge}/close", call -> breaker(call, BreakerCommand.CLOSE)),
                Route.post("/api/v1/breakers/{edge}/reset", call -> breaker(call, BreakerCommand.RESET)));
    }

    private Reply setWeights(Call call) {
        WeightsBody body = call.body(WeightsBody.class);
        Map<String, Weight> weights = body.weights();
        if (weights == null) {
            throw new InvalidValueException("weights", "nothing", "shares by version, such as {\"v2\": 30}");
        }
        PolicyRevision set = controlPlane
                .policies()
                .setWeights(call.path("service"), weights, call.note(body.by(), body.reason()), call.confirmWithin());
        return Reply.json(new WeightsSet(
                        set.service(), set.revision(), controlPlane.policies().asked(set.service())))
                .with("ETag", PolicyRoutes.etag(set));
    }

    private Reply breaker(Call call, BreakerCommand command) {
        return Reply.json(new Moved(controlPlane.breakers().command(call.path("edge"), command, call.noteBody())));
    }

    record WeightsBody(
            @Nullable Map<String, Weight> weights,
            @Nullable String by,
            @Nullable String reason) {}

    /** What each version is asked to get from now on. */
    record WeightsSet(String service, long revision, Map<String, Weight> weights) {}

    /** @param moved how many circuits */
    record Moved(int moved) {}
}
