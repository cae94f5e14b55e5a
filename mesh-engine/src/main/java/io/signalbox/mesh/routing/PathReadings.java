package io.signalbox.mesh.routing;

import java.util.List;
import java.util.Locale;

/**
 * A path in the one form in which routing compares paths, and as applications may read it otherwise.
 *
 * @param canonical the one form
 * @param loose by {@link PathReading#ALL}; one alone when all read the same, none when the path is too long to be read in
 *     every way
 */
record PathReadings(String canonical, List<String> loose) {

    /** A longer one that is not plain would cost a loop too much: what denies meets it, and what allows does not. */
    private static final int LONGEST = 2_048;

    static PathReadings of(String path) {
        String canonical = RequestPath.canonical(path);
        if (path.length() > LONGEST && !PathReading.isPlain(path)) {
            return new PathReadings(canonical, List.of());
        }
        return PathReading.isPlain(path)
                ? new PathReadings(canonical, List.of(canonical.toLowerCase(Locale.ROOT)))
                : new PathReadings(
                        canonical,
                        PathReading.ALL.stream()
                                .map(reading -> reading.of(path))
                                .toList());
    }

    boolean isUnreadable() {
        return loose.isEmpty();
    }

    /** As the reading of that place has it. */
    String loose(int reading) {
        return loose.size() == 1 ? loose.getFirst() : loose.get(reading);
    }
}
