package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of an authorization rule on a path, in the one form of routing and in every other reading. Immutable.
 *
 * <p>Applications differ in how they read a path, and nobody knows which way the one behind the sidecar goes; so a rule
 * that denies holds when any reading meets it, and one that allows only when all do.
 */
final class PathTest {

    private final Form canonical;
    private final List<Form> loose;

    private PathTest(Form canonical, List<Form> loose) {
        this.canonical = canonical;
        this.loose = loose;
    }

    /** What one reading makes of the conditions. */
    private record Form(
            @Nullable String path,
            @Nullable String prefix,
            @Nullable PathShape shape) {

        boolean holds(String read) {
            return (path == null || path.equals(read))
                    && (prefix == null || RequestPath.startsWith(read, prefix))
                    && (shape == null || shape.matches(read));
        }
    }

    /** Returns {@code null} when nothing is asked of the path. */
    static @Nullable PathTest of(RouteMatch match) {
        if (match.path().isEmpty()
                && match.pathPrefix().isEmpty()
                && match.pathTemplate().isEmpty()) {
            return null;
        }
        Form canonical = new Form(
                orNull(match.path().map(RequestPath::canonical)),
                orNull(match.pathPrefix().map(RequestPath::canonicalPrefix)),
                orNull(match.pathTemplate().map(PathShape::of)));
        List<Form> loose = new ArrayList<>();
        for (PathReading reading : PathReading.ALL) {
            loose.add(new Form(
                    orNull(match.path().map(reading::of)),
                    orNull(match.pathPrefix().map(reading::of).map(read -> read.equals("/") ? "" : read)),
                    orNull(match.pathTemplate()
                            .map(template ->
                                    PathShape.of(template, reading::ofSegment).withoutLastSlash()))));
        }
        return new PathTest(canonical, loose.stream().distinct().count() == 1 ? List.of(loose.getFirst()) : loose);
    }

    boolean holdsInAny(PathReadings path) {
        if (canonical.holds(path.canonical()) || path.isUnreadable()) {
            return true;
        }
        for (int i = 0; i < readings(path); i++) {
            if (form(i).holds(path.loose(i))) {
                return true;
            }
        }
        return false;
    }

    boolean holdsInAll(PathReadings path) {
        if (!canonical.holds(path.canonical()) || path.isUnreadable()) {
            return false;
        }
        for (int i = 0; i < readings(path); i++) {
            if (!form(i).holds(path.loose(i))) {
                return false;
            }
        }
        return true;
    }

    private int readings(PathReadings path) {
        return Math.max(loose.size(), path.loose().size());
    }

    private Form form(int reading) {
        return loose.size() == 1 ? loose.getFirst() : loose.get(reading);
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }
}
