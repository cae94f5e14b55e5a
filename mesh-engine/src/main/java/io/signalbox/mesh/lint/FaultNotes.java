package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a policy's faults do that is easily forgotten, or was hardly meant. */
final class FaultNotes {

    private FaultNotes() {}

    static List<LintFinding> findings(TrafficPolicy policy) {
        List<Fault> on = policy.experiments().faults().stream()
                .filter(fault -> fault.share() > 0)
                .toList();
        if (on.isEmpty()) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        findings.add(new LintFinding(
                Rule.FAULTS_ON,
                policy.service(),
                on.stream().map(Fault::name).collect(Collectors.joining(", ")),
                "faults are on for " + policy.service() + ": "
                        + on.stream().map(FaultNotes::told).collect(Collectors.joining("; ")),
                "take faults out of the policy when nobody needs them any more"));
        Set<String> named = named(policy);
        Duration waited = Patience.of(policy, Set.of()).time();
        for (Fault fault : on) {
            if (failsAll(fault)) {
                findings.add(new LintFinding(
                        Rule.EVERY_CALL_FAILS,
                        policy.service(),
                        fault.name(),
                        "every call of " + policy.service() + " will fail: " + fault.name()
                                + " befalls 100 % of what matches, and everything does",
                        "a share, or a match"));
            }
            fault.version()
                    .filter(version -> !named.isEmpty() && !named.contains(version))
                    .ifPresent(version -> findings.add(new LintFinding(
                            Rule.FAULT_ON_UNKNOWN_VERSION,
                            policy.service(),
                            fault.name(),
                            fault.name() + " befalls what goes to " + version
                                    + ", a version that neither the splitting of " + policy.service()
                                    + " names nor a rule",
                            "version: " + String.join(" or ", named))));
            Duration least = fault.delay().map(FaultNotes::shortest).orElse(Duration.ZERO);
            if (least.compareTo(waited) >= 0) {
                findings.add(new LintFinding(
                        Rule.FAULT_OUTLASTS_TIMEOUT,
                        policy.service(),
                        fault.name(),
                        fault.name() + " holds requests back for at least " + CutOff.text(least) + ", but callers of "
                                + policy.service() + " wait " + CutOff.text(waited)
                                + ": whatever it befalls times out",
                        "a delay of less than " + CutOff.text(waited) + ", or a longer timeout"));
            }
        }
        return findings;
    }

    /** The versions to which requests may go; empty where the splitting names none, and any may be there. */
    private static Set<String> named(TrafficPolicy policy) {
        Set<String> split = switch (policy.splitting()) {
            case Splitting.Unsplit _ -> Set.of();
            case Splitting.Weighted weighted -> weighted.weights().keySet();
            case Splitting.Canary canary -> Set.of(canary.stable(), canary.candidate());
            case Splitting.AbTest test -> Set.copyOf(List.of(test.versionA(), test.versionB()));
        };
        Set<String> named = new TreeSet<>(split);
        if (!split.isEmpty()) {
            policy.rules().forEach(rule -> named.addAll(versions(rule.target())));
            policy.experiments().mirror().flatMap(Mirror::version).ifPresent(named::add);
        }
        return named;
    }

    private static Set<String> versions(RuleTarget target) {
        return switch (target) {
            case RuleTarget.Version to -> Set.of(to.version());
            case RuleTarget.Weighted to -> to.weights().keySet();
            case RuleTarget.Redirect _, RuleTarget.DirectResponse _ -> Set.of();
        };
    }

    private static boolean failsAll(Fault fault) {
        boolean fails = fault.end()
                .filter(end -> switch (end) {
                    case FaultEnd.Abort _ -> true;
                    case FaultEnd.Reset reset -> reset.afterBytes().isEmpty();
                })
                .isPresent();
        return fails
                && fault.share() == Fault.ALL
                && fault.version().isEmpty()
                && fault.match().equals(RouteMatch.ANY);
    }

    /** No delay is shorter. */
    private static Duration shortest(FaultDelay delay) {
        return switch (delay) {
            case FaultDelay.Fixed fixed -> fixed.length();
            case FaultDelay.Uniform uniform -> uniform.min();
            case FaultDelay.Normal normal -> normal.stdDev().isZero() ? normal.mean() : Duration.ZERO;
            case FaultDelay.Exponential _ -> Duration.ZERO;
            case FaultDelay.Percentiles percentiles -> percentiles.points().getOrDefault(0.0, Duration.ZERO);
        };
    }

    private static String told(Fault fault) {
        List<String> does = new ArrayList<>();
        fault.delay().ifPresent(_ -> does.add("delay"));
        fault.end()
                .ifPresent(end -> does.add(
                        switch (end) {
                            case FaultEnd.Abort abort -> "abort " + abort.status();
                            case FaultEnd.Reset _ -> "reset";
                        }));
        fault.pace().drip().ifPresent(_ -> does.add("drip"));
        fault.pace().bytesPerSecond().ifPresent(_ -> does.add("bandwidth"));
        return fault.name() + " (" + String.join(", ", does) + ") in " + percent(fault.share()) + " of "
                + (fault.match().equals(RouteMatch.ANY) ? "all" : "what matches")
                + fault.version().map(version -> " that goes to " + version).orElse("");
    }

    static String percent(double share) {
        return share == Math.rint(share) ? (long) share + " %" : String.format(Locale.ROOT, "%.2f %%", share);
    }
}
