package io.signalbox.shop.demo;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.shop.load.LiveReport;
import io.signalbox.shop.load.LoadReport;
import io.signalbox.shop.web.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run came to: requests and latencies as the shoppers saw them, hops as the mesh counted them.
 *
 * @param live what came over the shoppers' live connections
 * @param meshHops between services of the mesh, since the mesh started
 * @param securedShare of those, the share that used mutual TLS, 0..1
 */
record Summary(Duration ran, LoadReport load, LiveReport live, long meshHops, OptionalDouble securedShare) {

    List<String> lines() {
        Latency latency = load.latency();
        return List.of(
                "",
                "ran          " + ran.toSeconds() + " s",
                "requests     " + Figures.count(load.status().completed()),
                "failures     " + Figures.count(load.status().failed()),
                "refused 4xx  " + Figures.count(load.refused()),
                "late         " + Figures.count(load.status().late()),
                "success      " + Figures.share(success()),
                "latency      "
                        + (latency == null
                                ? "none"
                                : "p50 " + Figures.millis(latency.p50Nanos()) + ", p90 "
                                        + Figures.millis(latency.p90Nanos()) + ", p99 "
                                        + Figures.millis(latency.p99Nanos()) + ", longest "
                                        + Figures.millis(latency.maxNanos()) + ", from the intended start"),
                "live         " + Figures.count(live.messages()) + " messages over " + live.open() + " connections, "
                        + Figures.count(live.opened()) + " opened",
                "mesh hops    " + Figures.count(meshHops) + ", mTLS " + Figures.share(securedShare));
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seconds", ran.toMillis() / 1000.0);
        fields.put("requests", load.status().completed());
        fields.put("failures", load.status().failed());
        fields.put("refused", load.refused());
        fields.put("late", load.status().late());
        success().ifPresent(share -> fields.put("success", share));
        Latency latency = load.latency();
        if (latency != null) {
            fields.put("p50Nanos", latency.p50Nanos());
            fields.put("p90Nanos", latency.p90Nanos());
            fields.put("p99Nanos", latency.p99Nanos());
            fields.put("maxNanos", latency.maxNanos());
        }
        fields.put("liveMessages", live.messages());
        fields.put("liveOpen", live.open());
        fields.put("liveOpened", live.opened());
        fields.put("meshHops", meshHops);
        securedShare.ifPresent(share -> fields.put("mtlsShare", share));
        return Json.write(fields);
    }

    private OptionalDouble success() {
        long completed = load.status().completed();
        return completed == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1 - (double) load.status().failed() / completed);
    }
}
