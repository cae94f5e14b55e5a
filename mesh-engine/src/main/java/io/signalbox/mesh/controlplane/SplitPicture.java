package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.metrics.ShareInterval;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Draws how one service's traffic is divided: asked beside got. */
final class SplitPicture {

    private SplitPicture() {}

    /**
     * @param leftOut tells how many endpoints of each version some caller leaves out; asked only where it matters
     * @param keys tells how many callers the split told apart of late; asked only where it matters
     */
    static Optional<SplitStatus> of(
            PolicyRevision revision, ShareCounts counts, Supplier<Map<String, Long>> leftOut, LongSupplier keys) {
        Splitting splitting = revision.policy().splitting();
        return kind(splitting).map(kind -> {
            ShareCounts.Share got = counts.share(revision.service(), revision.at());
            long counted = got.all().draws();
            List<VersionShare> versions = new ArrayList<>();
            for (Map.Entry<String, Weight> asked :
                    PolicyControl.weights(revision).asked().entrySet()) {
                long requests = got.of(asked.getKey()).draws();
                ShareInterval interval = ShareInterval.wilson(requests, counted, ShareInterval.Z_95);
                versions.add(new VersionShare(
                        asked.getKey(),
                        role(splitting, asked.getKey()),
                        asked.getValue(),
                        requests,
                        interval.share(),
                        interval.low(),
                        interval.high()));
            }
            return new SplitStatus(
                    revision.service(),
                    kind,
                    versions,
                    counted,
                    got.since(),
                    revision.revision(),
                    ShareDifferences.of(revision.policy(), versions, got, leftOut, keys));
        });
    }

    private static Optional<SplitStatus.Kind> kind(Splitting splitting) {
        return switch (splitting) {
            case Splitting.Unsplit _ -> Optional.empty();
            case Splitting.Weighted _ -> Optional.of(SplitStatus.Kind.WEIGHTED);
            case Splitting.Canary _ -> Optional.of(SplitStatus.Kind.CANARY);
            case Splitting.AbTest _ -> Optional.of(SplitStatus.Kind.AB_TEST);
        };
    }

    private static VersionShare.Role role(Splitting splitting, String version) {
        return switch (splitting) {
            case Splitting.Canary canary ->
                canary.candidate().equals(version) ? VersionShare.Role.CANDIDATE : VersionShare.Role.STABLE;
            case Splitting.Unsplit _, Splitting.Weighted _, Splitting.AbTest _ -> VersionShare.Role.MEMBER;
        };
    }
}
