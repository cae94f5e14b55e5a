package io.signalbox.mesh.canary;

import io.signalbox.mesh.metrics.ShareInterval;
import org.jspecify.annotations.Nullable;

/**
 * The share that a version got beside the weight that was asked for it, and why they differ.
 *
 * @param got the share of all requests with its 95 % interval (Wilson)
 * @param cause {@code null} when they agree
 * @param why one plain sentence
 */
public record AskedGot(ShareInterval got, @Nullable Cause cause, String why) {

    /** A difference smaller than this is none. */
    private static final double NOTICED = 0.01;

    /** Why a share is not what was asked for. The order is that in which causes are looked for. */
    public enum Cause {
        /** Chance alone may make the difference: too few requests. */
        FEW_REQUESTS,
        /** Rules that come before the split took requests; of those that were drawn the share is right. */
        RULES_FIRST,
        /** Callers stay with their version, and there are too few of them to come to the share. */
        STICKINESS,
        /** Connections stay with their version, and there are too few of them. */
        LONG_CONNECTIONS,
        /** The version got less than asked, and has endpoints that may not serve. */
        ENDPOINTS_AWAY,
        /** None of these explains it. */
        UNKNOWN
    }

    /** Compares what was asked with what was counted. */
    public static AskedGot of(ShareFacts facts) {
        ShareInterval got = ShareInterval.wilson(facts.version(), facts.requests(), ShareInterval.Z_95);
        double asked = facts.asked().percent() / 100.0;
        Cause cause = Math.abs(got.share() - asked) < NOTICED && facts.requests() > 0 ? null : cause(facts, got, asked);
        return new AskedGot(got, cause, sentence(facts, got, cause));
    }

    private static Cause cause(ShareFacts facts, ShareInterval got, double asked) {
        if (holds(got, asked)) {
            return Cause.FEW_REQUESTS;
        }
        long drawn = facts.requests() - facts.ruled();
        long drawnVersion = facts.version() - facts.ruledVersion();
        if (facts.ruled() > 0 && holds(ShareInterval.wilson(drawnVersion, drawn, ShareInterval.Z_95), asked)) {
            return Cause.RULES_FIRST;
        }
        if (facts.callers() > 0 && holds(clustered(drawnVersion, drawn, facts.callers()), asked)) {
            return Cause.STICKINESS;
        }
        if (facts.connections() > 0 && holds(clustered(drawnVersion, drawn, facts.connections()), asked)) {
            return Cause.LONG_CONNECTIONS;
        }
        return got.share() < asked && facts.available() < facts.endpoints() ? Cause.ENDPOINTS_AWAY : Cause.UNKNOWN;
    }

    /** The interval when only so many draws were made, however many requests followed them. */
    private static ShareInterval clustered(long version, long drawn, long draws) {
        long counted = Math.min(draws, drawn);
        double share = drawn == 0 ? 0 : (double) version / drawn;
        return ShareInterval.wilson(Math.round(share * counted), counted, ShareInterval.Z_95);
    }

    private static boolean holds(ShareInterval interval, double share) {
        return interval.low() <= share && share <= interval.high();
    }

    private static String sentence(ShareFacts facts, ShareInterval got, @Nullable Cause cause) {
        String share = percent(got.share()) + " of " + Words.count(facts.requests()) + " requests, "
                + facts.asked().percent() + " % were asked for";
        return switch (cause) {
            case null -> share + ".";
            case FEW_REQUESTS ->
                facts.requests() == 0
                        ? "There was no request, " + facts.asked().percent() + " % were asked for."
                        : share + ": with so few requests it may be " + percent(got.low()) + " to "
                                + percent(got.high()) + ".";
            case RULES_FIRST ->
                share + ": rules that come first took " + Words.count(facts.ruled()) + " of them, "
                        + Words.count(facts.ruledVersion()) + " to this version.";
            case STICKINESS ->
                share + ": callers stay with their version, and there were only " + Words.count(facts.callers()) + ".";
            case LONG_CONNECTIONS ->
                share + ": connections stay with their version, and there were only " + Words.count(facts.connections())
                        + ".";
            case ENDPOINTS_AWAY ->
                share + ": " + facts.available() + " of the version's " + facts.endpoints() + " endpoints may serve.";
            case UNKNOWN -> share + ", and nothing that is known explains it.";
        };
    }

    private static String percent(double share) {
        return Words.number(share * 100, 1) + " %";
    }
}
