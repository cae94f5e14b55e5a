package io.signalbox.mesh.config;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.ZonePreference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the field {@code loadBalancing} of a policy. */
final class BalancingReader {

    private static final Set<String> FIELDS =
            Set.of("strategy", "hashOn", "weights", "slowStart", "zonePreference", "panicThreshold");

    private BalancingReader() {}

    static LoadBalancing read(Section section) {
        section.allowing(FIELDS);
        BalancingStrategy strategy =
                section.parsed("strategy", BalancingStrategy::parse).orElse(LoadBalancing.DEFAULT.strategy());
        Optional<HashOn> hashOn = section.has("hashOn") ? Optional.of(hashOn(section)) : Optional.empty();
        Map<String, Integer> weights =
                section.section("weights").map(BalancingReader::weights).orElse(Map.of());
        Optional<Duration> slowStart = section.duration("slowStart");
        Optional<ZonePreference> zones = section.section("zonePreference").map(BalancingReader::zonePreference);
        OptionalInt panic = section.has("panicThreshold")
                ? OptionalInt.of(section.requiredNumber("panicThreshold"))
                : OptionalInt.empty();
        return section.build(() -> new LoadBalancing(strategy, hashOn, weights, slowStart, zones, panic));
    }

    private static HashOn hashOn(Section section) {
        if (section.isScalar("hashOn")) {
            String word = section.requiredText("hashOn");
            return switch (word) {
                case "source-address" -> new HashOn.SourceAddress();
                case "path" -> new HashOn.Path();
                default ->
                    throw section.refused("hashOn", word, "source-address | path | {header: NAME} | {cookie: NAME}");
            };
        }
        Section one = section.section("hashOn").orElseThrow(() -> section.missing("hashOn"));
        List<String> given = one.allowing(Set.of("header", "cookie")).names();
        if (given.size() != 1) {
            throw section.refused("hashOn", given.size() + " fields", "one of header and cookie");
        }
        String name = one.requiredText(given.getFirst());
        return one.build(() -> given.getFirst().equals("header") ? new HashOn.Header(name) : new HashOn.Cookie(name));
    }

    private static Map<String, Integer> weights(Section section) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String instance : section.names()) {
            int weight = section.requiredNumber(instance);
            if (weight < 1 || weight > LoadBalancing.MOST_WEIGHT) {
                throw section.refused(instance, String.valueOf(weight), "1.." + LoadBalancing.MOST_WEIGHT);
            }
            weights.put(instance, weight);
        }
        return weights;
    }

    private static ZonePreference zonePreference(Section section) {
        int spillBelow =
                section.allowing(Set.of("spillBelow")).number("spillBelow", ZonePreference.DEFAULT.spillBelow());
        return section.build(() -> new ZonePreference(spillBelow));
    }
}
