package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.SimulatedRollout.End;
import io.signalbox.mesh.canary.SimulatedTraffic.Shape;
import io.signalbox.mesh.metrics.ShareInterval;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Many simulated rollouts of each case, by each way to decide, and what became of them. */
final class VerdictSimulation {

    /**
     * One case.
     *
     * @param longest after which time a rollout that still holds is left
     */
    record Case(String name, Shape shape, Duration longest) {}

    /** What became of all rollouts of one case by one way to decide. */
    record Result(List<SimulatedRollout> rollouts) {

        ShareInterval share(End end) {
            long ended =
                    rollouts.stream().filter(rollout -> rollout.end() == end).count();
            return ShareInterval.wilson(ended, rollouts.size(), ShareInterval.Z_95);
        }

        /** Of those that took no step. */
        ShareInterval neverAdvanced() {
            long stayed = rollouts.stream()
                    .filter(rollout -> rollout.end() == End.HELD && rollout.weight() == 10)
                    .count();
            return ShareInterval.wilson(stayed, rollouts.size(), ShareInterval.Z_95);
        }

        double meanErrors() {
            return rollouts.stream()
                    .mapToLong(SimulatedRollout::errors)
                    .average()
                    .orElse(0);
        }

        /** The time by which so many of those that ended so had ended; zero when none did. */
        Duration time(End end, double quantile) {
            List<Duration> times = rollouts.stream()
                    .filter(rollout -> rollout.end() == end)
                    .map(SimulatedRollout::time)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            return times.isEmpty() ? Duration.ZERO : times.get((int) (quantile * (times.size() - 1)));
        }
    }

    private static final double SUCCESS_RATE = 0.99;

    static final Duration DAY = Duration.ofDays(1);
    static final Duration WEEK = Duration.ofDays(7);

    static final List<Case> CASES = List.of(
            new Case("equal, 0.8 %, 1 req/s", Shape.of(1, 0.008, 0.008), WEEK),
            new Case("equal, 0.8 %, 20 req/s", Shape.of(20, 0.008, 0.008), DAY),
            new Case(
                    "equal, swinging 0.2–1.4 %, 20 req/s",
                    Shape.of(20, 0.008, 0.008).swinging(0.75), DAY),
            new Case("3 % against 0.8 %, 1 req/s", Shape.of(1, 0.008, 0.03), WEEK),
            new Case("3 % against 0.8 %, 20 req/s", Shape.of(20, 0.008, 0.03), DAY),
            new Case("3 % from half on, 20 req/s", Shape.of(20, 0.008, 0.03).badFrom(50), DAY),
            new Case("0.7 % against 0.1 %, 1 req/s", Shape.of(1, 0.001, 0.007), WEEK),
            new Case("0.7 % against 0.1 %, 20 req/s", Shape.of(20, 0.001, 0.007), DAY),
            new Case("1.3 % against 0.8 %, 20 req/s", Shape.of(20, 0.008, 0.013), DAY),
            new Case("both 3 %, 1 req/s", Shape.of(1, 0.03, 0.03), Duration.ofHours(12)),
            new Case("both 3 %, 20 req/s", Shape.of(20, 0.03, 0.03), Duration.ofHours(3)),
            new Case("no traffic", Shape.of(0, 0.008, 0.008), Duration.ofHours(6)),
            new Case("p99 +30 %, 1 req/s", Shape.of(1, 0.008, 0.008).slower(1.3), WEEK),
            new Case("p99 +30 %, 20 req/s", Shape.of(20, 0.008, 0.008).slower(1.3), DAY),
            new Case(
                    "p99 +30 %, long tail, 20 req/s",
                    Shape.of(20, 0.008, 0.008).slower(1.3).withSpread(1), DAY));

    private VerdictSimulation() {}

    static Result run(Case of, Supplier<RolloutJudge> judge, int rollouts, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<SimulatedRollout> ended = new ArrayList<>(rollouts);
        for (int i = 0; i < rollouts; i++) {
            ended.add(SimulatedRollout.run(new SimulatedTraffic(of.shape(), seeds.split()), judge.get(), of.longest()));
        }
        return new Result(ended);
    }

    static Supplier<RolloutJudge> byEvidence(Criteria criteria) {
        return () -> new RolloutJudge.ByEvidence(criteria);
    }

    static Supplier<RolloutJudge> accumulating(Case of) {
        return () -> RolloutJudge.accumulating(SUCCESS_RATE, longestNanos(of));
    }

    static Supplier<RolloutJudge> inline(Case of) {
        return () -> RolloutJudge.inline(SUCCESS_RATE, longestNanos(of));
    }

    /** A threshold as somebody sets it who knows how stable really behaves, and only where latency is the case's point. */
    private static double longestNanos(Case of) {
        return of.shape().slowness() == 1 ? Double.MAX_VALUE : of.shape().stableP99() * 1.2;
    }

    /** @param args how many rollouts of each case, the seed, and a word that the names of cases must contain */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        int rollouts = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        String word = args.length > 2 ? args[2] : "";
        PrintStream out = System.out;
        out.printf(Locale.ROOT, "%,d rollouts of each case, seed %d%n%n", rollouts, seed);
        out.println("| Case | Decided by | Rolled back | Promoted | Held to the end | Never took a step"
                + " | Time to roll back: half, 95 % | Time to promote: half, 95 % | Errors of the candidate, mean |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (Case of : CASES) {
            if (of.name().contains(word)) {
                print(out, of, "evidence", run(of, byEvidence(Criteria.DEFAULT), rollouts, seed));
                print(out, of, "threshold, accumulating", run(of, accumulating(of), rollouts, seed));
                print(out, of, "one check a step", run(of, inline(of), rollouts, seed));
            }
        }
    }

    private static void print(PrintStream out, Case of, String judge, Result result) {
        out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %.1f |",
                of.name(),
                judge,
                share(result.share(End.ROLLED_BACK)),
                share(result.share(End.PROMOTED)),
                share(result.share(End.HELD)),
                share(result.neverAdvanced()),
                times(result, End.ROLLED_BACK),
                times(result, End.PROMOTED),
                result.meanErrors()));
    }

    private static String share(ShareInterval share) {
        if (share.share() == 0) {
            return String.format(Locale.ROOT, "0 (≤ %.2f %%)", share.high() * 100);
        }
        return share.share() == 1
                ? String.format(Locale.ROOT, "100 %% (≥ %.2f)", share.low() * 100)
                : String.format(
                        Locale.ROOT, "%.2f %% (%.2f–%.2f)", share.share() * 100, share.low() * 100, share.high() * 100);
    }

    private static String times(Result result, End end) {
        Duration half = result.time(end, 0.5);
        return half.isZero() ? "" : time(half) + ", " + time(result.time(end, 0.95));
    }

    private static String time(Duration time) {
        if (time.toMinutes() == 0) {
            return "< 1 min";
        }
        return time.toHours() >= 10
                ? String.format(Locale.ROOT, "%.1f h", time.toMinutes() / 60.0)
                : time.toMinutes() + " min";
    }
}
