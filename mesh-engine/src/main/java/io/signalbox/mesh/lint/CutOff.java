package io.signalbox.mesh.lint;

import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Attempts that a policy promises and no time is left for: neither in its own timeout, nor in what those wait who call
 * its callers, since deadlines travel.
 */
final class CutOff {

    private static final int NANOS_PER_MICRO = 1_000;

    private CutOff() {}

    static List<LintFinding> findings(CallGraph graph, TrafficPolicy policy) {
        Set<LintFinding> findings = new LinkedHashSet<>();
        Time whole = Time.of(graph, policy.service(), policy.timeout());
        judge(policy, policy.retry(), whole, findings);
        policy.rules()
                .forEach(rule -> rule.retry().ifPresent(retry -> {
                    Duration timeout = rule.timeout().orElse(policy.timeout());
                    judge(policy, retry, Time.of(graph, policy.service(), timeout), findings);
                }));
        return List.copyOf(findings);
    }

    /**
     * How long a call has at most.
     *
     * @param whose in words
     * @param field what would have to be longer
     */
    private record Time(Duration limit, String whose, String field) {

        /** A caller that is an entry has nobody who waits for it by policy. */
        static Time of(CallGraph graph, String service, Duration timeout) {
            Time least = new Time(timeout, "a timeout of " + text(timeout), "timeout");
            for (String caller : graph.callersOf(service)) {
                Duration waited = longest(graph.policy(caller));
                if (!graph.isEntry(caller) && waited.compareTo(least.limit()) < 0) {
                    least = new Time(
                            waited,
                            "the " + text(waited) + " that callers of " + caller + " wait",
                            "timeout of " + caller);
                }
            }
            return least;
        }
    }

    /** The most that any caller waits for the service. */
    static Duration longest(TrafficPolicy policy) {
        return policy.rules().stream()
                .flatMap(rule -> rule.timeout().stream())
                .reduce(policy.timeout(), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private static void judge(TrafficPolicy policy, RetryPolicy retry, Time time, Set<LintFinding> findings) {
        retries(policy.service(), retry, time).ifPresent(findings::add);
        hedges(policy.service(), retry, time).ifPresent(findings::add);
    }

    /** Only where a try that took its whole time is followed by another. */
    private static Optional<LintFinding> retries(String service, RetryPolicy retry, Time time) {
        Duration one = retry.perTryTimeout().orElse(Duration.ZERO);
        if (!Repeats.afterTimeouts(retry)) {
            return Optional.empty();
        }
        long fit = time.limit().dividedBy(one);
        if (fit >= retry.maxAttempts()) {
            return Optional.empty();
        }
        return Optional.of(new LintFinding(
                Rule.RETRIES_CUT_OFF,
                service,
                time.field() + " of attempts",
                service + ": " + retry.maxAttempts() + " attempts of " + text(one) + " do not fit into " + time.whose()
                        + ": " + fit + " do",
                time.field() + ": " + text(one.multipliedBy(retry.maxAttempts())) + ", or perTryTimeout: "
                        + text(time.limit().dividedBy(retry.maxAttempts()))));
    }

    /** Each comes one delay after the one before, the first beside an attempt that must still be running. */
    private static Optional<LintFinding> hedges(String service, RetryPolicy retry, Time time) {
        RetryPolicy.Hedge hedge = retry.hedge().orElse(null);
        if (hedge == null || !(hedge.after() instanceof HedgeDelay.Fixed(Duration delay))) {
            return Optional.empty();
        }
        Duration one = retry.perTryTimeout().orElse(time.limit());
        if (one.compareTo(delay) <= 0 && one.compareTo(time.limit()) < 0) {
            return Optional.of(hedgesCut(service, hedge, delay, "an attempt of " + text(one), 0, one));
        }
        long fit = time.limit().minusNanos(1).dividedBy(delay);
        return fit >= hedge.maxExtra()
                ? Optional.empty()
                : Optional.of(hedgesCut(service, hedge, delay, time.whose(), fit, time.limit()));
    }

    private static LintFinding hedgesCut(
            String service, RetryPolicy.Hedge hedge, Duration delay, String into, long fit, Duration time) {
        Duration enough = time.dividedBy(hedge.maxExtra() + 1);
        return new LintFinding(
                Rule.RETRIES_CUT_OFF,
                service,
                "hedges",
                service + ": " + fit + " of " + hedge.maxExtra() + " hedges, " + text(delay) + " apart, fit into "
                        + into,
                "hedge.after: " + text(enough) + (fit > 0 ? ", or hedge.maxExtra: " + fit : ""));
    }

    /** As a policy writes it, rounded to what a person would write. */
    static String text(Duration duration) {
        if (duration.toMillis() == 0) {
            return duration.toNanos() / NANOS_PER_MICRO + "us";
        }
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
