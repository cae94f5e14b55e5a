package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What versions were asked to get beside what they got, and why the two differ, as lines for a person to read. */
final class AskedGot {

    private AskedGot() {}

    /** One line for each version of the service's split; none without a split. */
    static List<String> lines(MeshSnapshot snapshot, String service) {
        return snapshot.splits().stream()
                .filter(split -> split.service().equals(service))
                .flatMap(split -> split.versions().stream().map(version -> line(split, version)))
                .toList();
    }

    private static String line(SplitStatus split, VersionShare version) {
        String asked = version.version() + ": asked " + version.asked() + ", ";
        if (split.counted() == 0) {
            return asked + "nothing counted yet";
        }
        String got = asked + "got " + number(version.share()) + " % (" + number(version.low()) + "–"
                + number(version.high()) + ") of " + split.counted();
        String why = split.differencesOf(version.version()).stream()
                .map(ShareDifference::why)
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? got : got + ": " + why;
    }

    private static String number(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
