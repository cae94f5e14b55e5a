package io.signalbox.mesh.canary;

import io.signalbox.mesh.canary.Check.Name;
import io.signalbox.mesh.canary.Check.State;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.status.AbOutcome;
import io.signalbox.mesh.model.status.VerdictReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of two versions at a fixed split wins: a pure function of the evidence of either against the other. A version loses
 * when it is worse; the criteria give each direction half of the chance of an error. See {@code docs/verdict.md}.
 */
public final class AbDecision {

    /** What a position comes to that is not at its border, however near. */
    private static final double SHORT_OF_BORDER = 0.999;

    private final AbWinner rule;
    private final Evidence evidence;
    private final Criteria criteria;
    private final Judgement ofB;
    private final Judgement ofA;

    /**
     * @param evidence with A as the stable version
     * @param swapped of the same windows, with B as the stable version
     */
    public AbDecision(AbWinner rule, Evidence evidence, Evidence swapped, Criteria criteria) {
        this.rule = rule;
        this.criteria = criteria;
        this.evidence = evidence.gatheredFor(criteria);
        ofB = new Judgement(this.evidence, criteria);
        ofA = new Judgement(swapped.gatheredFor(criteria), criteria);
    }

    /** Who has won after that time. A version that is itself worse in anything that is compared does not win. */
    public AbOutcome after(Duration watched) {
        if (watched.compareTo(rule.minimumDuration()) >= 0 && ofB.is(Name.REQUESTS, State.MET)) {
            if (loses(ofA) && !isWorse(ofB)) {
                return AbOutcome.B;
            }
            if (loses(ofB) && !isWorse(ofA)) {
                return AbOutcome.A;
            }
        }
        return watched.compareTo(rule.maximumDuration()) >= 0 ? AbOutcome.NONE : AbOutcome.OPEN;
    }

    /** The same as a verdict on B: advance when it has won, roll back when A has. */
    public Verdict verdict(AbOutcome outcome, Duration watched) {
        List<Check> checks = ofB.checks().stream()
                .filter(check -> check.name() != Name.STABLE)
                .toList();
        VerdictReason why = reason(outcome, watched);
        return switch (outcome) {
            case A -> new Verdict.RollBack(checks, new Position(1, towardsLoss(ofA)), why);
            case B -> new Verdict.Advance(checks, new Position(towardsLoss(ofB), 1), why);
            case OPEN, NONE ->
                new Verdict.NotEnough(checks, new Position(towardsLoss(ofB), towardsLoss(ofA)), why, 0, null);
        };
    }

    private VerdictReason reason(AbOutcome outcome, Duration watched) {
        Tally all = evidence.whole();
        Recent recent = evidence.recent();
        return new VerdictReason.Compared(
                outcome,
                share(all.stableFailures(), all.stableRequests()),
                all.stableRequests(),
                share(all.candidateFailures(), all.candidateRequests()),
                all.candidateRequests(),
                criteria.latencyQuantile(),
                latency(recent.stable()),
                latency(recent.candidate()),
                left(outcome, watched));
    }

    private @Nullable Duration left(AbOutcome outcome, Duration watched) {
        Duration left = rule.maximumDuration().minus(watched);
        return outcome != AbOutcome.OPEN ? null : left.isNegative() ? Duration.ZERO : left;
    }

    private boolean loses(Judgement judgement) {
        return metrics().stream().anyMatch(name -> judgement.is(name, State.BROKEN));
    }

    private static boolean isWorse(Judgement judgement) {
        return judgement.is(Name.SUCCESS, State.BROKEN) || judgement.is(Name.LATENCY, State.BROKEN);
    }

    private Set<Name> metrics() {
        return switch (rule.metric()) {
            case SUCCESS_RATE -> Set.of(Name.SUCCESS);
            case LATENCY -> Set.of(Name.LATENCY);
            case EITHER -> Set.of(Name.SUCCESS, Name.LATENCY);
        };
    }

    /** How near that version is to losing. */
    private double towardsLoss(Judgement judgement) {
        return metrics().stream()
                .flatMap(name -> judgement.check(name).stream())
                .mapToDouble(check -> check.position().toRollBack())
                .reduce(0, (one, other) -> Math.min(SHORT_OF_BORDER, Math.max(one, other)));
    }

    private double latency(Slice slice) {
        boolean unknown = criteria.latencyMargin() == null || slice.latency().total() == 0;
        return unknown ? 0 : slice.latency().quantileNanos(criteria.latencyQuantile());
    }

    private static double share(long part, long of) {
        return of == 0 ? 0 : (double) part / of;
    }
}
