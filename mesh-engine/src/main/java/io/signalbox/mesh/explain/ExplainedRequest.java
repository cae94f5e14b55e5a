package io.signalbox.mesh.explain;

import io.signalbox.mesh.routing.StickyKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one request went where it went and ended as it ended.
 *
 * @param depth how many hops of its trace it lies below the first one, from 0
 * @param certainty how sure the part about rules and version is
 * @param rules every routing rule of the service, in the written order
 * @param choice {@code null} when no service was found, or a rule answered
 * @param answer what a rule answered; {@code null} when none did
 * @param key the stable key that speaks for the caller; {@code null} when the policy has no stickiness
 * @param limits {@code null} when no service was found, or a rule answered
 * @param access the authorization rule that denied it where it arrived, by name, empty for the policy's default;
 *     {@code null} when none did
 * @param refusedBy the endpoints whose circuits refused, when all did
 * @param awaySince since when the sidecar that decided it has been gone from the control plane; {@code null} while it is
 *     there
 */
public record ExplainedRequest(
        RequestLine request,
        int depth,
        Certainty certainty,
        List<RuleStep> rules,
        @Nullable VersionChoice choice,
        @Nullable RuleAnswer answer,
        @Nullable StickyKey key,
        @Nullable Limits limits,
        List<AttemptStep> attempts,
        List<Candidate> refusedBy,
        @Nullable String access,
        @Nullable Instant awaySince) {

    public ExplainedRequest {
        rules = List.copyOf(rules);
        attempts = List.copyOf(attempts);
        refusedBy = List.copyOf(refusedBy);
    }

    /** One that no authorization rule denied. */
    public ExplainedRequest(
            RequestLine request,
            int depth,
            Certainty certainty,
            List<RuleStep> rules,
            @Nullable VersionChoice choice,
            @Nullable RuleAnswer answer,
            @Nullable StickyKey key,
            @Nullable Limits limits,
            List<AttemptStep> attempts,
            List<Candidate> refusedBy) {
        this(request, depth, certainty, rules, choice, answer, key, limits, attempts, refusedBy, null, null);
    }

    /** The same at another place in its trace. */
    public ExplainedRequest at(int place) {
        return new ExplainedRequest(
                request, place, certainty, rules, choice, answer, key, limits, attempts, refusedBy, access, awaySince);
    }

    /** The same of a sidecar that has gone. */
    public ExplainedRequest awaySince(Instant when) {
        return new ExplainedRequest(
                request, depth, certainty, rules, choice, answer, key, limits, attempts, refusedBy, access, when);
    }

    /** How the rules' verdicts were come by. */
    public enum Certainty {
        /** The decision was made again from the record and came out the same. */
        REPLAYED,
        /** The request had too many header fields to keep all of them, so that a rule may look different now. */
        HEAD_CUT,
        /** The decision was made again and came out differently: a defect. */
        DIFFERENT,
        /** Its sidecar, in another process, told of it no more than the line. */
        UNTOLD
    }
}
