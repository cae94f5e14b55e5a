package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.ShareInterval;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.ShareDifference.Cause;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names why versions got other shares than were asked: from what sidecars counted, and the policy that was asked. */
final class ShareDifferences {

    /** What is not seen at one decimal of a percent is no difference. */
    private static final double SEEN = 0.0005;

    /** From this share of what was counted on connections say something about it. */
    private static final double MANY_CONNECTIONS = 0.1;

    private final TrafficPolicy policy;
    private final ShareCounts.Share got;
    private final VersionCounts all;
    private final Supplier<Map<String, Long>> leftOut;
    private final LongSupplier keys;
    private final List<ShareDifference> found = new ArrayList<>();

    /** Asked for once, and only where a version differs: whoever tells has to look through all that is kept. */
    private @Nullable Map<String, Long> leftOutNow;

    private @Nullable Long keysNow;

    private ShareDifferences(
            TrafficPolicy policy, ShareCounts.Share got, Supplier<Map<String, Long>> leftOut, LongSupplier keys) {
        this.policy = policy;
        this.got = got;
        this.all = got.all();
        this.leftOut = leftOut;
        this.keys = keys;
    }

    static List<ShareDifference> of(
            TrafficPolicy policy,
            List<VersionShare> versions,
            ShareCounts.Share got,
            Supplier<Map<String, Long>> leftOut,
            LongSupplier keys) {
        ShareDifferences differences = new ShareDifferences(policy, got, leftOut, keys);
        versions.forEach(differences::look);
        return differences.found;
    }

    private void look(VersionShare version) {
        double asked = version.asked().percent() / 100.0;
        if (all.draws() > 0) {
            draws(version, asked);
        }
        long byRules = all.requests() - all.draws();
        if (byRules > 0 && excludes(got.of(version.version()).requests(), all.requests(), asked)) {
            add(
                    version,
                    Cause.RULES_FIRST,
                    byRules,
                    "rules took " + byRules + " of " + all.requests() + " requests first, so it got "
                            + percent(got.of(version.version()).requests(), all.requests()) + " of all");
        }
        if (excludes(got.of(version.version()).answered(), all.answered(), asked)) {
            long out = leftOut().getOrDefault(version.version(), 0L);
            if (out > 0) {
                add(
                        version,
                        Cause.EJECTED_ENDPOINTS,
                        out,
                        out + (out == 1 ? " endpoint of it is" : " endpoints of it are") + " left out, so it answered "
                                + percent(got.of(version.version()).answered(), all.answered())
                                + " of what was answered");
            }
        }
    }

    /** What the split itself chose. */
    private void draws(VersionShare version, double asked) {
        boolean within = version.low() <= asked && asked <= version.high();
        if (within) {
            if (Math.abs(version.share() - asked) >= SEEN) {
                add(
                        version,
                        Cause.FEW_REQUESTS,
                        all.draws(),
                        "few requests: of " + all.draws() + " such a share comes about by chance");
            }
            return;
        }
        long connections = all.connections() + got.openStreams();
        if (isSticky()) {
            long callers = keys();
            add(
                    version,
                    Cause.STICKINESS,
                    callers,
                    "callers keep their version: the share is one of "
                            + (callers == 0 ? "callers" : callers + " keys that were seen lately")
                            + ", each with as much as it asks");
        } else if (connections >= MANY_CONNECTIONS * all.draws()) {
            add(
                    version,
                    Cause.LONG_CONNECTIONS,
                    connections,
                    connections + " of them are connections, whose version is chosen once, when they begin");
        } else {
            add(version, Cause.UNEXPLAINED, all.draws(), "of " + all.draws() + " requests, and no known cause");
        }
    }

    private Map<String, Long> leftOut() {
        Map<String, Long> known = leftOutNow;
        if (known == null) {
            known = leftOut.get();
            leftOutNow = known;
        }
        return known;
    }

    private long keys() {
        Long known = keysNow;
        if (known == null) {
            known = keys.getAsLong();
            keysNow = known;
        }
        return known;
    }

    private boolean isSticky() {
        return policy.stickiness().isPresent() || policy.splitting() instanceof Splitting.AbTest;
    }

    private static boolean excludes(long part, long whole, double asked) {
        ShareInterval interval = ShareInterval.wilson(part, whole, ShareInterval.Z_95);
        return whole > 0 && (asked < interval.low() || asked > interval.high());
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private void add(VersionShare version, Cause cause, long count, String why) {
        found.add(new ShareDifference(version.version(), cause, count, why));
    }
}
