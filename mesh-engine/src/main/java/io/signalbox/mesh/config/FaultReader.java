package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.RouteMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a policy's {@code faults}. */
final class FaultReader {

    private static final Set<String> FIELDS =
            Set.of("name", "match", "version", "share", "side", "delay", "abort", "reset", "drip", "bandwidth");
    private static final List<String> DELAYS = List.of("fixed", "uniform", "normal", "exponential", "percentiles");
    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,3})?)");

    private FaultReader() {}

    static List<Fault> read(Section policy) {
        List<Fault> faults = new ArrayList<>();
        for (Section section : policy.sections("faults")) {
            faults.add(fault(section, faults.size() + 1));
        }
        return faults;
    }

    /** @param place from 1, which names a fault that has no name */
    private static Fault fault(Section section, int place) {
        section.allowing(FIELDS);
        String name = section.text("name").orElse("fault-" + place);
        RouteMatch match = section.section("match").map(RuleReader::match).orElse(RouteMatch.ANY);
        Optional<String> version = section.text("version");
        double share = section.decimal("share", Fault.ALL);
        Fault.Side side = section.text("side").map(word -> side(section, word)).orElse(Fault.Side.SERVER);
        Optional<FaultDelay> delay = delay(section);
        Optional<FaultEnd> end = end(section);
        Optional<Fault.Drip> drip = section.section("drip").map(FaultReader::drip);
        OptionalInt rate = section.section("bandwidth").stream()
                .mapToInt(FaultReader::bandwidth)
                .findFirst();
        Fault.Pace pace = new Fault.Pace(drip, rate);
        return section.build(() -> new Fault(name, match, version, share, side, delay, end, pace));
    }

    private static Fault.Side side(Section section, String word) {
        return switch (word) {
            case "client" -> Fault.Side.CLIENT;
            case "server" -> Fault.Side.SERVER;
            default -> throw section.refused("side", word, "client | server");
        };
    }

    private static Optional<FaultDelay> delay(Section section) {
        return section.isSection("delay")
                ? section.section("delay").map(FaultReader::distribution)
                : section.parsed("delay", text -> new FaultDelay.Fixed(DurationText.parse("delay", text)));
    }

    private static FaultDelay distribution(Section section) {
        section.allowing(Set.copyOf(DELAYS));
        List<String> given = section.names();
        if (given.size() != 1) {
            throw section.refused(
                    given.isEmpty() ? "fixed" : given.get(1),
                    given.isEmpty() ? "missing" : "beside " + given.getFirst(),
                    "one of " + String.join(", ", DELAYS));
        }
        return section.parsed(
                        "fixed", text -> (FaultDelay) new FaultDelay.Fixed(DurationText.parse("delay.fixed", text)))
                .or(() -> section.section("uniform").map(FaultReader::uniform))
                .or(() -> section.section("normal").map(FaultReader::normal))
                .or(() -> section.section("exponential").map(FaultReader::exponential))
                .or(() -> section.section("percentiles").map(FaultReader::percentiles))
                .orElseThrow();
    }

    private static FaultDelay uniform(Section section) {
        section.allowing(Set.of("min", "max"));
        Duration min = section.duration("min").orElse(Duration.ZERO);
        Duration max = required(section, "max");
        return section.build(() -> new FaultDelay.Uniform(min, max));
    }

    private static FaultDelay normal(Section section) {
        section.allowing(Set.of("mean", "stdDev"));
        Duration mean = required(section, "mean");
        Duration deviation = required(section, "stdDev");
        return section.build(() -> new FaultDelay.Normal(mean, deviation));
    }

    private static FaultDelay exponential(Section section) {
        section.allowing(Set.of("mean"));
        Duration mean = required(section, "mean");
        return section.build(() -> new FaultDelay.Exponential(mean));
    }

    private static FaultDelay percentiles(Section section) {
        SortedMap<Double, Duration> points = new TreeMap<>();
        for (String name : section.names()) {
            Matcher percentile = PERCENTILE.matcher(name);
            if (!percentile.matches()) {
                throw section.refused(name, name, "a percentile, such as p50 or p99.9");
            }
            if (points.put(Double.valueOf(percentile.group(1)), required(section, name)) != null) {
                throw section.refused(name, "given twice", "each percentile once");
            }
        }
        return section.build(() -> new FaultDelay.Percentiles(points));
    }

    private static Duration required(Section section, String name) {
        return section.duration(name).orElseThrow(() -> section.missing(name));
    }

    private static Optional<FaultEnd> end(Section section) {
        if (section.has("abort") && section.has("reset")) {
            throw section.refused("reset", "beside abort", "one of abort, reset");
        }
        return section.section("abort")
                .map(FaultReader::abort)
                .or(() -> section.section("reset").map(FaultReader::reset));
    }

    private static FaultEnd abort(Section section) {
        section.allowing(Set.of("status", "grpcStatus", "retryAfter", "body"));
        int status = section.number("status", FaultEnd.Abort.DEFAULT_STATUS);
        OptionalInt grpc = optional(section, "grpcStatus");
        Optional<Duration> pause = section.duration("retryAfter");
        Optional<String> body = section.text("body");
        return section.build(() -> new FaultEnd.Abort(status, grpc, pause, body));
    }

    private static FaultEnd reset(Section section) {
        section.allowing(Set.of("afterBytes"));
        OptionalInt after = optional(section, "afterBytes");
        return section.build(() -> new FaultEnd.Reset(after));
    }

    private static Fault.Drip drip(Section section) {
        section.allowing(Set.of("chunk", "every"));
        int chunk = section.requiredNumber("chunk");
        Duration every = required(section, "every");
        return section.build(() -> new Fault.Drip(chunk, every));
    }

    private static int bandwidth(Section section) {
        section.allowing(Set.of("bytesPerSecond"));
        int rate = section.requiredNumber("bytesPerSecond");
        Fault.Pace _ = section.build(() -> new Fault.Pace(Optional.empty(), OptionalInt.of(rate)));
        return rate;
    }

    private static OptionalInt optional(Section section, String name) {
        return section.has(name) ? OptionalInt.of(section.requiredNumber(name)) : OptionalInt.empty();
    }
}
