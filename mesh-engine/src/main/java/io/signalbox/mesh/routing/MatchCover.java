package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.ValueMatch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Whether every request that meets some conditions is sure to meet others.
 *
 * <p>A yes is sure; a no may be wrong, where only all conditions together, or what two expressions have in common, would
 * tell.
 */
final class MatchCover {

    private MatchCover() {}

    /** Whether whatever meets {@code narrow} meets {@code wide}. */
    static boolean covers(RouteMatch wide, RouteMatch narrow) {
        return valuesCovered(wide.headers(), narrow.headers(), String::equalsIgnoreCase)
                && valuesCovered(wide.query(), narrow.query(), String::equals)
                && wordsCovered(wide.methods(), narrow.methods(), String::equals)
                && wordsCovered(wide.sources(), narrow.sources(), String::equals)
                && wordsCovered(wide.sourceIdentities(), narrow.sourceIdentities(), MatchCover::coversIdentity)
                && exactPathCovered(wide, narrow)
                && prefixCovered(wide, narrow)
                && templateCovered(wide, narrow);
    }

    private static boolean valuesCovered(
            Map<String, ValueMatch> wide, Map<String, ValueMatch> narrow, BiPredicate<String, String> sameName) {
        return wide.entrySet().stream()
                .allMatch(wanted -> narrow.entrySet().stream()
                        .anyMatch(given -> sameName.test(wanted.getKey(), given.getKey())
                                && covers(wanted.getValue(), given.getValue())));
    }

    private static boolean covers(ValueMatch wide, ValueMatch narrow) {
        return wide.equals(narrow)
                || switch (wide) {
                    case ValueMatch.Exact _, ValueMatch.Absent _ -> false;
                    case ValueMatch.Present _ -> !(narrow instanceof ValueMatch.Absent);
                    case ValueMatch.Prefix(String beginning) ->
                        switch (narrow) {
                            case ValueMatch.Exact(String value) -> value.startsWith(beginning);
                            case ValueMatch.Prefix(String longer) -> longer.startsWith(beginning);
                            case ValueMatch.Regex _, ValueMatch.Present _, ValueMatch.Absent _ -> false;
                        };
                    case ValueMatch.Regex regex ->
                        narrow instanceof ValueMatch.Exact(String value)
                                && regex.compiled().matches(value);
                };
    }

    /** An empty set of words means every one. */
    private static boolean wordsCovered(Set<String> wide, Set<String> narrow, BiPredicate<String, String> covers) {
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream().allMatch(word -> wide.stream().anyMatch(all -> covers.test(all, word))));
    }

    private static boolean coversIdentity(String wide, String narrow) {
        return wide.equals(narrow)
                || (wide.endsWith("*")
                        && RouteSource.covers(
                                wide, narrow.endsWith("*") ? narrow.substring(0, narrow.length() - 1) : narrow));
    }

    private static boolean exactPathCovered(RouteMatch wide, RouteMatch narrow) {
        return wide.path().isEmpty()
                || wide.path().map(RequestPath::canonical).equals(narrow.path().map(RequestPath::canonical));
    }

    private static boolean prefixCovered(RouteMatch wide, RouteMatch narrow) {
        if (wide.pathPrefix().isEmpty()) {
            return true;
        }
        String prefix = RequestPath.canonicalPrefix(wide.pathPrefix().get());
        Optional<String> path = narrow.path().map(RequestPath::canonical);
        Optional<String> deeper = narrow.pathPrefix().map(RequestPath::canonicalPrefix);
        Optional<String> fixed = narrow.pathTemplate().map(PathShape::of).map(PathShape::fixedBeginning);
        return path.filter(text -> RequestPath.startsWith(text, prefix)).isPresent()
                || deeper.filter(text -> RequestPath.startsWith(text, prefix)).isPresent()
                || fixed.filter(text -> RequestPath.startsWith(text, prefix)).isPresent();
    }

    private static boolean templateCovered(RouteMatch wide, RouteMatch narrow) {
        if (wide.pathTemplate().isEmpty()) {
            return true;
        }
        PathShape shape = PathShape.of(wide.pathTemplate().get());
        return narrow.path().map(RequestPath::canonical).filter(shape::matches).isPresent()
                || narrow.pathTemplate()
                        .map(PathShape::of)
                        .filter(shape::covers)
                        .isPresent();
    }
}
