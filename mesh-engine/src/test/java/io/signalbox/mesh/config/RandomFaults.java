package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Faults of every form, the same for the same seed. */
final class RandomFaults {

    private RandomFaults() {}

    static Experiments next(Random random) {
        return new Experiments(
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(place -> fault(random, place))
                        .toList(),
                random.nextBoolean() ? Optional.empty() : Optional.of(mirror(random)));
    }

    private static Mirror mirror(Random random) {
        boolean version = random.nextBoolean();
        return new Mirror(
                version ? Optional.of(RandomPolicies.pick(random, List.of("1.0", "no"))) : Optional.empty(),
                version ? Optional.empty() : Optional.of("other"),
                random.nextBoolean()
                        ? RouteMatch.ANY
                        : withoutMethods(RandomRules.next(random).match()),
                100 * random.nextDouble(),
                random.nextBoolean() ? Mirror.SAFE : Set.of("GET", "POST"),
                1 + random.nextInt(1_000),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Mirror.Diff(random.nextInt(101), Set.of("x-served-by", "true"))));
    }

    private static RouteMatch withoutMethods(RouteMatch match) {
        return new RouteMatch(
                match.headers(),
                match.path(),
                match.pathPrefix(),
                match.pathTemplate(),
                Set.of(),
                match.query(),
                match.sources(),
                match.sourceIdentities());
    }

    private static Fault fault(Random random, int place) {
        return new Fault(
                RandomPolicies.pick(random, List.of("1e3.", "true-", "null.", "f")) + place,
                random.nextBoolean() ? RouteMatch.ANY : RandomRules.next(random).match(),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(RandomPolicies.pick(random, List.of("1.0", "no"))),
                random.nextBoolean() ? random.nextInt(101) : 100 * random.nextDouble(),
                RandomPolicies.pick(random, List.of(Fault.Side.values())),
                random.nextBoolean() ? Optional.empty() : Optional.of(delay(random)),
                Optional.of(end(random)),
                new Fault.Pace(
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new Fault.Drip(
                                        1 + random.nextInt(65_536),
                                        length(random).plusMillis(1))),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(999_999_999))));
    }

    private static FaultDelay delay(Random random) {
        Duration length = length(random);
        return switch (random.nextInt(5)) {
            case 0 -> new FaultDelay.Fixed(length);
            case 1 -> new FaultDelay.Uniform(Duration.ZERO, length);
            case 2 -> new FaultDelay.Normal(length, length(random));
            case 3 -> new FaultDelay.Exponential(length);
            default ->
                new FaultDelay.Percentiles(
                        new TreeMap<>(Map.of(random.nextInt(1_000) / 10.0, length, 100.0, length.plusMillis(1))));
        };
    }

    private static FaultEnd end(Random random) {
        if (random.nextBoolean()) {
            return new FaultEnd.Reset(
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(999_999)));
        }
        return new FaultEnd.Abort(
                400 + random.nextInt(200),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(16)),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(1 + random.nextInt(3_600))),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(RandomPolicies.pick(random, List.of("", "null", "a: b", "~", "1.0", "ü\n-"))));
    }

    private static Duration length(Random random) {
        return Duration.ofNanos(1 + random.nextLong(50_000_000_000L));
    }
}
