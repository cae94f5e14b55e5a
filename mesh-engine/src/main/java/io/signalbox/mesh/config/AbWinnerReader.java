package io.signalbox.mesh.config;

import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads and writes the {@code winner} of an A/B test; what it leaves out gets the documented defaults. */
final class AbWinnerReader {

    private AbWinnerReader() {}

    static AbWinner read(Section section) {
        section.allowing(Set.of(
                "metric",
                "successMargin",
                "latencyQuantile",
                "latencyMargin",
                "errorRate",
                "minimumDuration",
                "minimumRequests",
                "maximumDuration",
                "promote"));
        AbWinner otherwise = AbWinner.DEFAULT;
        AbWinner.Metric metric =
                section.parsed("metric", AbWinner.Metric::parse).orElse(otherwise.metric());
        double success = section.decimal("successMargin", otherwise.successMargin());
        double quantile =
                section.parsed("latencyQuantile", CanaryReader::quantile).orElse(otherwise.latencyQuantile());
        double latency = section.decimal("latencyMargin", otherwise.latencyMargin());
        double errors = section.decimal("errorRate", otherwise.errorRate());
        Duration least = section.duration("minimumDuration").orElse(otherwise.minimumDuration());
        int requests = section.number("minimumRequests", otherwise.minimumRequests());
        Duration most = section.duration("maximumDuration").orElse(otherwise.maximumDuration());
        AbWinner.Promotion promotion =
                section.parsed("promote", AbWinner.Promotion::parse).orElse(otherwise.promotion());
        return section.build(
                () -> new AbWinner(metric, success, quantile, latency, errors, least, requests, most, promotion));
    }

    static Map<String, Object> tree(AbWinner winner) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metric", winner.metric().wireName());
        tree.put("successMargin", winner.successMargin());
        tree.put("latencyQuantile", CanaryTree.quantile(winner.latencyQuantile()));
        tree.put("latencyMargin", winner.latencyMargin());
        tree.put("errorRate", winner.errorRate());
        tree.put("minimumDuration", DurationText.format(winner.minimumDuration()));
        tree.put("minimumRequests", winner.minimumRequests());
        tree.put("maximumDuration", DurationText.format(winner.maximumDuration()));
        tree.put("promote", winner.promotion().isWanted());
        return tree;
    }
}
