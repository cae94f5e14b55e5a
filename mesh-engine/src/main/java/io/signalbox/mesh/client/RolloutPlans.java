package io.signalbox.mesh.client;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a request for a rollout whole, out of what the policy says and which versions run. Immutable. */
public final class RolloutPlans {

    private static final Weight TEN = new Weight(10);
    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final double SUCCESS_RATE = 0.99;

    private final TrafficPolicy policy;
    private final Optional<Weight> candidateWeight;
    private final Map<String, Integer> running;

    /**
     * Those of one service.
     *
     * @param candidateWeight the share in force of the candidate, when the policy holds a canary
     * @param running how many instances of each version are registered
     */
    public RolloutPlans(TrafficPolicy policy, Optional<Weight> candidateWeight, Map<String, Integer> running) {
        this.policy = policy;
        this.candidateWeight = candidateWeight;
        this.running = running;
    }

    /** @throws InvalidValueException when something is missing or does not fit */
    public Splitting.Canary plan(RolloutRequest request) {
        Splitting.Canary plan = policy.splitting() instanceof Splitting.Canary canary && means(request, canary)
                ? overridden(canary, request)
                : made(request);
        RunningVersions.require("candidate", plan.candidate(), running);
        // what does not fit beside the rest of the policy is refused before it begins
        var _ = policy.withSplitting(plan);
        return plan;
    }

    /** The same of one that waited: what it asked for as stable may not be so any more, and what is now takes its place. */
    public Splitting.Canary planOfNow(RolloutRequest request) {
        String asked = request.stable();
        String candidate = request.candidate();
        return asked == null || candidate == null
                ? plan(request)
                : plan(request.from(
                        inForce().filter(now -> !now.equals(candidate)).orElse(asked)));
    }

    private static boolean means(RolloutRequest request, Splitting.Canary canary) {
        return (request.candidate() == null || request.candidate().equals(canary.candidate()))
                && (request.stable() == null || request.stable().equals(canary.stable()));
    }

    private static Splitting.Canary overridden(Splitting.Canary canary, RolloutRequest request) {
        boolean steps = !canary.terms().steps().isEmpty();
        InvalidValueException.unless(
                !steps
                        || (request.initialWeight() == null
                                && request.incrementStep() == null
                                && request.incrementDelay() == null
                                && request.maxWeight() == null),
                "weights and delay",
                "given",
                "left out, since the policy's canary lists its steps");
        return filled(canary, request);
    }

    private Splitting.Canary made(RolloutRequest request) {
        String candidate = request.candidate();
        if (candidate == null) {
            throw new InvalidValueException(
                    "candidate", "none", "a version, since the policy of " + policy.service() + " has no canary");
        }
        String stable = request.stable() == null ? stable(candidate) : request.stable();
        Weight max = request.maxWeight() == null ? Weight.ALL : new Weight(request.maxWeight());
        Weight initial = max.compareTo(TEN) < 0 ? max : TEN;
        return filled(
                new Splitting.Canary(
                        stable,
                        candidate,
                        initial,
                        TEN,
                        DELAY,
                        max,
                        new SuccessRate(SUCCESS_RATE),
                        CanaryTerms.DEFAULT),
                request);
    }

    private static Splitting.Canary filled(Splitting.Canary base, RolloutRequest request) {
        Duration delay = request.incrementDelay();
        Duration bake = request.bakeTime();
        CanaryTerms terms = base.terms();
        List<CanaryStage> stages = stages(request, base, delay == null ? base.incrementDelay() : delay);
        if (base.isAtOnce() || request.keepFor() != null) {
            return atOnce(base, request, stages);
        }
        return new Splitting.Canary(
                base.stable(),
                base.candidate(),
                weight(request.initialWeight(), base.initialWeight()),
                weight(request.incrementStep(), base.incrementStep()),
                delay == null ? base.incrementDelay() : delay,
                weight(request.maxWeight(), base.maxWeight()),
                request.successRate() == null ? base.successRate() : new SuccessRate(request.successRate()),
                new CanaryTerms(terms.steps(), bake == null ? terms.bakeTime() : bake, terms.criteria(), stages)
                        .withWebhooks(terms.webhooks()));
    }

    private static Splitting.Canary atOnce(Splitting.Canary base, RolloutRequest request, List<CanaryStage> stages) {
        InvalidValueException.unless(
                request.initialWeight() == null
                        && request.incrementStep() == null
                        && request.maxWeight() == null
                        && request.bakeTime() == null,
                "weights and bakeTime",
                "given",
                "left out, since blue/green has one step, to 100 %");
        InvalidValueException.unless(
                !stages.isEmpty(), "keepFor", "without a stage", "headers or mirror beside it, to check the candidate");
        Duration delay = request.incrementDelay();
        Duration keepFor = request.keepFor();
        InvalidValueException.unless(keepFor == null || keepFor.isPositive(), "keepFor", keepFor, "more than zero");
        Duration kept = base.isAtOnce() ? base.terms().bakeTime() : CanaryTerms.KEEP_FOR;
        return Splitting.Canary.atOnce(
                base.versions(),
                delay == null ? base.incrementDelay() : delay,
                request.successRate() == null ? base.successRate() : new SuccessRate(request.successRate()),
                CanaryTerms.atOnce(
                                keepFor == null ? kept : keepFor, base.terms().criteria(), stages)
                        .withWebhooks(base.terms().webhooks()));
    }

    private static List<CanaryStage> stages(RolloutRequest request, Splitting.Canary base, Duration otherwise) {
        Map<String, String> headers = request.headers();
        Double mirror = request.mirror();
        Duration delay = request.stageDelay() == null ? otherwise : request.stageDelay();
        if (headers == null && mirror == null) {
            InvalidValueException.unless(
                    request.stageDelay() == null, "stageDelay", request.stageDelay(), "headers or mirror beside it");
            return base.terms().stages();
        }
        List<CanaryStage> stages = new ArrayList<>();
        if (headers != null) {
            headers.keySet().forEach(RouteMatch::requireHeader);
            RouteMatch match = new RouteMatch(headers, Optional.empty(), Optional.empty(), Set.of());
            stages.add(new CanaryStage.Matching(match, delay, CanaryStep.Gate.NONE));
        }
        if (mirror != null) {
            Mirror copies = new Mirror(
                    Optional.of(base.candidate()),
                    Optional.empty(),
                    RouteMatch.ANY,
                    mirror,
                    Mirror.SAFE,
                    Mirror.DEFAULT_IN_FLIGHT,
                    Optional.empty());
            stages.add(new CanaryStage.Mirrored(copies, delay, CanaryStep.Gate.NONE));
        }
        return stages;
    }

    private static Weight weight(@Nullable Integer percent, Weight otherwise) {
        return percent == null ? otherwise : new Weight(percent);
    }

    private String stable(String candidate) {
        return inForce()
                .or(() -> policy.splitting() instanceof Splitting.Unsplit ? only(candidate) : Optional.empty())
                .orElseThrow(() -> new InvalidValueException(
                        "stable", "none", "a version, since " + policy.service() + " has none that gets all requests"));
    }

    /** The version that the policy gives all requests, or all but a candidate's. */
    private Optional<String> inForce() {
        return switch (policy.splitting()) {
            case Splitting.Canary canary ->
                Optional.of(
                        candidateWeight.filter(Weight.ALL::equals).isPresent() ? canary.candidate() : canary.stable());
            case Splitting.Weighted(Map<String, Weight> weights) ->
                weights.entrySet().stream()
                        .filter(share -> share.getValue().equals(Weight.ALL))
                        .map(Map.Entry::getKey)
                        .findFirst();
            case Splitting.Unsplit(), Splitting.AbTest _ -> Optional.empty();
        };
    }

    private Optional<String> only(String candidate) {
        List<String> others = running.keySet().stream()
                .filter(version -> !version.equals(candidate))
                .toList();
        return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
    }
}
