package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import java.time.Instant;
import java.util.List;

/** What is true now and what happened. */
final class ObserveRoutes {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final long MOST_EVENTS = 10_000;
    private static final long SOME_EVENTS = 200;

    private final ControlPlane controlPlane;
    private final Streams streams;

    ObserveRoutes(Surroundings surroundings) {
        this.controlPlane = surroundings.controlPlane();
        this.streams = new Streams(surroundings);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/topology", _ -> Reply.json(Topology.of(controlPlane.snapshot()))),
                Route.get("/api/v1/snapshot", _ -> Reply.json(controlPlane.snapshot())),
                Route.get("/api/v1/stream", call -> {
                    EventId seen = Streams.lastSeen(call);
                    return new Reply.Streamed(EVENT_STREAM, out -> streams.snapshots(out, seen));
                }),
                Route.get("/api/v1/control-planes", _ -> Reply.json(controlPlane.replicas())),
                Route.get("/api/v1/events", this::events));
    }

    private Reply events(Call call) {
        long after = call.number("after", 0, Long.MAX_VALUE);
        if (call.accepts(EVENT_STREAM)) {
            EventId last = Streams.lastSeen(call);
            EventId seen = last.isNone() ? new EventId("", after) : last;
            return new Reply.Streamed(EVENT_STREAM, out -> streams.events(out, seen));
        }
        int limit = (int) call.number("limit", SOME_EVENTS, MOST_EVENTS);
        return Reply.json(controlPlane.events().after(after, limit));
    }

    /** The graph: who calls whom, and how both do. */
    record Topology(long sequence, Instant at, String mesh, List<ServiceStatus> services, List<EdgeStatus> edges) {

        static Topology of(MeshSnapshot snapshot) {
            return new Topology(
                    snapshot.sequence(), snapshot.at(), snapshot.mesh(), snapshot.services(), snapshot.edges());
        }
    }
}
