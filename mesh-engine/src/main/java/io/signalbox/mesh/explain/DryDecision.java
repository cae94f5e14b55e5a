package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request would go now.
 *
 * @param revision of the configuration in force
 * @param policyRevision of the policy in force; 0 when nobody wrote one; {@code null} when the service is unknown
 * @param source the service that would ask; {@code null} for any
 * @param cause why it would go nowhere; {@code null} when it would go somewhere, or may
 * @param key the stable key that speaks for the caller; {@code null} when the policy has no stickiness
 * @param versions what such requests get, the greatest share first
 * @param answers what rules would answer by themselves, the greatest share first
 * @param faults of the policy that may befall such a request, in the written order; at the server side as it is asked here,
 *     before any rewriting
 * @param mirror where copies of such a request go; {@code null} for nowhere
 * @param callerLimit how much of it each instance takes; {@code null} for any number
 * @param access what the service's policy makes of its caller; {@code null} when everybody may call
 * @param circuits those to the service's endpoints that are not closed, or whose endpoint is left out
 */
public record DryDecision(
        String service,
        long revision,
        @Nullable Long policyRevision,
        @Nullable String source,
        @Nullable Cause cause,
        List<RuleStep> rules,
        @Nullable StickyKey key,
        List<VersionChance> versions,
        List<AnswerChance> answers,
        List<FaultChance> faults,
        @Nullable MirrorChance mirror,
        @Nullable CallerRate callerLimit,
        @Nullable AccessAnswer access,
        List<OpenCircuit> circuits) {

    public DryDecision {
        rules = List.copyOf(rules);
        versions = List.copyOf(versions);
        answers = List.copyOf(answers);
        faults = List.copyOf(faults);
        circuits = List.copyOf(circuits);
    }

    /**
     * One way in which such a request may go.
     *
     * @param rule its place in the policy, from 1, when a rule chooses
     * @param version {@code null} means any
     * @param percent how many of a hundred such requests go this way
     * @param endpoints the instances that may serve; none means that the request fails
     */
    public record VersionChance(
            VersionChoice.By by,
            @Nullable Integer rule,
            @Nullable String version,
            double percent,
            List<String> endpoints,
            Limits limits) {

        public VersionChance {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** An answer that {@code percent} of such requests get. */
    public record AnswerChance(RuleAnswer answer, double percent) {}

    /**
     * A fault that befalls {@code percent} of the attempts of such requests, or of those that arrive.
     *
     * @param version of those that go to it alone; {@code null} for whatever version
     * @param side which sidecar brings it about
     * @param does what, in the order in which it happens, in words
     */
    public record FaultChance(
            String name, @Nullable String version, Fault.Side side, double percent, List<String> does) {

        public FaultChance {
            does = List.copyOf(does);
        }
    }

    /**
     * Copies of {@code percent} of such requests.
     *
     * @param to the version or the service that gets them
     * @param compared whether its answers are compared with the callers'
     */
    public record MirrorChance(String to, double percent, boolean compared) {}

    /**
     * How many requests one instance takes of a caller.
     *
     * @param identity whom it counts for; {@code null} when it is not known which the caller would prove
     */
    public record CallerRate(@Nullable String identity, int requests, Duration per, int burst) {}

    /**
     * What the sidecar beside the application would make of the request.
     *
     * @param caller as it would prove to be; {@code unknown} when it would prove nothing
     * @param rule the one that decides, by name; {@code null} when the default does
     */
    public record AccessAnswer(
            AccessDecision decision,
            String caller,
            @Nullable String rule) {}

    /**
     * A circuit that is not closed, or whose endpoint is left out for a while.
     *
     * @param sourceInstance whose sidecar it is
     * @param why what brought it into its state; {@code null} while it is closed
     * @param ejected why the endpoint is left out; {@code null} when it is not
     */
    public record OpenCircuit(
            String sourceInstance,
            String endpoint,
            BreakerState state,
            @Nullable String why,
            @Nullable String ejected) {}

    /** The same with what the callers' circuits say. */
    public DryDecision withCircuits(List<OpenCircuit> seen) {
        return new DryDecision(
                service,
                revision,
                policyRevision,
                source,
                cause,
                rules,
                key,
                versions,
                answers,
                faults,
                mirror,
                callerLimit,
                access,
                seen);
    }
}
