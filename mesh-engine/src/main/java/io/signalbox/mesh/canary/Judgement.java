package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.metrics.ShareInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Every check of some evidence by some criteria. */
final class Judgement {

    /** How many requests in a row must go to the candidate before stable counts as gone, and not as unlucky. */
    private static final long ALONE = 60;

    private final Evidence evidence;
    private final Criteria criteria;
    private final Borders borders;
    private final List<Check> checks = new ArrayList<>();

    private Judgement(Evidence evidence, Criteria criteria, Borders borders) {
        this.evidence = evidence;
        this.criteria = criteria;
        this.borders = environmentBad() ? borders.inDoubt() : borders;
    }

    /** Of both versions side by side. */
    Judgement(Evidence evidence, Criteria criteria) {
        this(evidence, criteria, Borders.of(criteria));
        checks.add(success());
        if (criteria.latencyMargin() != null) {
            checks.add(latency(criteria.latencyMargin()));
        }
        addThresholds();
        Tally step = evidence.step();
        checks.add(requests(
                alone() ? step.candidateRequests() : Math.min(step.candidateRequests(), step.stableRequests())));
    }

    /** Of the candidate alone, and of whether stable keeps its objective. */
    static Judgement ofThresholds(Evidence evidence, Criteria criteria) {
        Judgement judgement = new Judgement(evidence, criteria, Borders.ofThresholds(criteria));
        judgement.addThresholds();
        judgement.checks.add(judgement.requests(evidence.step().candidateRequests()));
        return judgement;
    }

    private void addThresholds() {
        if (criteria.successRate() > 0) {
            checks.add(successRate());
        }
        if (criteria.maxLatency() != null) {
            checks.add(maxLatency(criteria.maxLatency()));
        }
        checks.add(stable());
    }

    List<Check> checks() {
        return checks;
    }

    Optional<Check> check(Name name) {
        return checks.stream().filter(check -> check.name() == name).findFirst();
    }

    boolean is(Name name, State state) {
        return check(name).map(Check::state).filter(state::equals).isPresent();
    }

    /** Whether stable breaks its own objective; what has no traffic any more excuses nobody. */
    boolean environmentBad() {
        return !alone() && evidence.bounds().stable().log() >= Alarm.BORDER;
    }

    /**
     * Whether the candidate fails more often than stable, by however little.
     *
     * <p>The bets look for differences of a margin or more. That there is a smaller one, when it is known to be smaller, is
     * told by the interval, which then rests on many requests.
     */
    boolean failsMore() {
        Check success = checks.getFirst();
        return evidence.success().worse().log() >= borders.failing()
                || (success.state() == State.MET && success.low() > 0);
    }

    /** Whether the candidate is slower than stable, by however little. */
    boolean slower() {
        return criteria.latencyMargin() != null && evidence.latency().slower().log() >= borders.slower();
    }

    /** Whether stable has no traffic any more, so that only fixed thresholds can say something. */
    boolean alone() {
        return evidence.bounds().alone() >= ALONE;
    }

    private Check success() {
        Tally all = evidence.whole();
        Strata strata = evidence.success().strata();
        double reach = strata.reach(criteria.alpha());
        double difference = strata.difference();
        return compared(
                Name.SUCCESS,
                evidence.success().worse().log() / borders.failing(),
                evidence.success().close().log() / borders.close(),
                difference,
                criteria.successMargin(),
                all.candidateRequests() == 0 ? -1 : Math.max(-1, difference - reach),
                Math.min(1, difference + reach));
    }

    private Check latency(double margin) {
        QuantileInterval stable = QuantileInterval.of(evidence.recent().stable().latency(), criteria.latencyQuantile());
        QuantileInterval candidate =
                QuantileInterval.of(evidence.recent().candidate().latency(), criteria.latencyQuantile());
        boolean unknown = stable.observed() == 0 || candidate.observed() == 0;
        return compared(
                Name.LATENCY,
                evidence.latency().slower().log() / borders.slower(),
                evidence.latency().close().log() / borders.close(),
                unknown ? 0 : candidate.observed() / stable.observed() - 1,
                margin,
                unknown ? -1 : candidate.low() / stable.high() - 1,
                unknown ? Latencies.RANGE : candidate.high() / stable.low() - 1);
    }

    /** Closeness goes before worse: a candidate that is worse, but surely by less than the margin, may go on. */
    private static Check compared(
            Name name, double toRollBack, double toAdvance, double observed, double bound, double low, double high) {
        State state = toAdvance >= 1 ? State.MET : toRollBack >= 1 ? State.BROKEN : State.OPEN;
        Position position =
                new Position(state == State.MET ? 0 : Math.clamp(toRollBack, 0, 1), Math.clamp(toAdvance, 0, 1));
        return new Check(name, state, observed, bound, low, high, position);
    }

    private Check successRate() {
        long requests = evidence.whole().candidateRequests();
        ShareInterval share =
                ShareInterval.wilson(requests - evidence.whole().candidateFailures(), requests, ShareInterval.Z_95);
        return bounded(
                Name.SUCCESS_RATE,
                evidence.bounds().failing().log() / borders.threshold(),
                requests > 0 && share.share() >= criteria.successRate(),
                share.share(),
                criteria.successRate(),
                share.low(),
                share.high());
    }

    private Check maxLatency(Duration longest) {
        QuantileInterval candidate =
                QuantileInterval.of(evidence.recent().candidate().latency(), criteria.latencyQuantile());
        double second = TimeUnit.SECONDS.toNanos(1);
        double bound = longest.toNanos() / second;
        return bounded(
                Name.MAX_LATENCY,
                evidence.bounds().slow().log() / borders.threshold(),
                candidate.observed() > 0 && candidate.observed() / second <= bound,
                candidate.observed() / second,
                bound,
                candidate.low() / second,
                candidate.high() / second);
    }

    private static Check bounded(
            Name name, double toRollBack, boolean met, double observed, double bound, double low, double high) {
        State state = toRollBack >= 1 ? State.BROKEN : met ? State.MET : State.OPEN;
        Position position = new Position(Math.clamp(toRollBack, 0, 1), state == State.MET ? 1 : 0);
        return new Check(name, state, observed, bound, low, high, position);
    }

    private Check stable() {
        Slice stable = evidence.recent().stable();
        ShareInterval share =
                ShareInterval.wilson(stable.requests() - stable.failures(), stable.requests(), ShareInterval.Z_95);
        State state = environmentBad() ? State.BROKEN : stable.requests() == 0 && !alone() ? State.OPEN : State.MET;
        return new Check(
                Name.STABLE,
                state,
                share.share(),
                criteria.stableObjective(),
                share.low(),
                share.high(),
                new Position(0, state == State.MET ? 1 : 0));
    }

    private Check requests(long had) {
        double part = Math.min(1, (double) had / criteria.minimumRequests());
        return new Check(
                Name.REQUESTS,
                part >= 1 ? State.MET : State.OPEN,
                had,
                criteria.minimumRequests(),
                had,
                had,
                new Position(0, part));
    }
}
