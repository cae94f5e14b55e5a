package io.signalbox.mesh.routing;

import java.util.List;
import java.util.Locale;

/**
 * A path in the one form in which routing compares paths, and as applications may read it otherwise.
 *
 * @param canonical the one form
 * @param loose by {@link PathReading#ALL}; one alone when all read the same
 */
record PathReadings(String canonical, List<String> loose) {

    static PathReadings of(String path) {
        String canonical = RequestPath.canonical(path);
        return PathReading.isPlain(path)
                ? new PathReadings(canonical, List.of(canonical.toLowerCase(Locale.ROOT)))
                : new PathReadings(
                        canonical,
                        PathReading.ALL.stream()
                                .map(reading -> reading.of(path))
                                .toList());
    }

    /** As the reading of that place has it. */
    String loose(int reading) {
        return loose.size() == 1 ? loose.getFirst() : loose.get(reading);
    }
}
