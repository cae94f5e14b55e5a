package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.Inquiry;
import io.signalbox.mesh.explain.DryRequest;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestFilter.Statuses;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Single requests: what came of them, and why. */
final class RequestRoutes {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final long SOME = 100;
    private static final long MOST = 5_000;

    private final Inquiry inquiry;
    private final Streams streams;

    RequestRoutes(Surroundings surroundings) {
        this.inquiry = surroundings.controlPlane().requests();
        this.streams = new Streams(surroundings);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/requests", this::requests),
                Route.get("/api/v1/requests/{id}/explain", call -> Reply.json(inquiry.explain(call.path("id")))),
                Route.post("/api/v1/explain", this::dry),
                Route.get("/api/v1/services/{name}/mirror", call -> Reply.json(inquiry.mirror(call.path("name")))),
                Route.get("/api/v1/traces", call -> Reply.json(inquiry.traces(limit(call)))),
                Route.get("/api/v1/traces/{id}", call -> Reply.json(inquiry.trace(call.path("id")))));
    }

    private Reply requests(Call call) {
        RequestFilter filter = filter(call);
        EventId seen = Streams.lastSeen(call);
        return call.accepts(EVENT_STREAM)
                ? new Reply.Streamed(EVENT_STREAM, out -> streams.requests(out, seen, filter))
                : Reply.json(inquiry.newest(filter, limit(call)));
    }

    private Reply dry(Call call) {
        DryBody body = call.body(DryBody.class);
        if (body.url() == null) {
            throw new InvalidValueException("url", "nothing", "http://SERVICE/PATH");
        }
        return Reply.json(inquiry.explain(new DryRequest(
                body.method() == null ? "GET" : body.method(),
                body.url(),
                body.headers() == null ? Map.of() : body.headers(),
                body.source())));
    }

    private static int limit(Call call) {
        return (int) call.number("limit", SOME, MOST);
    }

    @SuppressWarnings("NullAway") // a filter's absent parts are null components
    private static RequestFilter filter(Call call) {
        return new RequestFilter(
                call.query("service").orElse(null),
                call.query("status").map(Statuses::parse).orElse(null),
                call.query("minDuration")
                        .map(text -> DurationText.parse("minDuration", text))
                        .orElse(Duration.ZERO),
                call.query("cause").map(RequestRoutes::cause).orElse(null),
                call.query("pathPrefix").orElse(null));
    }

    private static Cause cause(String text) {
        return Cause.parse(text)
                .orElseThrow(() -> new InvalidValueException(
                        "cause",
                        text,
                        Arrays.stream(Cause.values()).map(Cause::wireName).collect(Collectors.joining(" | "))));
    }

    record DryBody(
            @Nullable String method,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable String source) {}
}
