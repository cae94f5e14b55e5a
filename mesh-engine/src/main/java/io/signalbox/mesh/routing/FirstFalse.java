package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.ValueMatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first condition of a rule that a request does not meet: those on the caller first, which leave a rule out of a
 * sidecar's table, then those of {@link RequestTest} in its order. For people who ask, so it compiles what it needs anew.
 */
final class FirstFalse {

    private FirstFalse() {}

    /** Returns {@code null} when every condition holds. */
    static @Nullable FailedCondition in(RouteMatch match, RouteSource source, RequestHead head) {
        FailedCondition ofCaller = ofCaller(match, source);
        if (ofCaller != null) {
            return ofCaller;
        }
        if (!match.methods().isEmpty() && !match.methods().contains(head.method())) {
            return new FailedCondition("method", anyOf(match.methods()), head.method());
        }
        FailedCondition ofPath = ofPath(match, RequestPath.canonical(head.path()));
        if (ofPath != null) {
            return ofPath;
        }
        FailedCondition ofHeaders = ofHeaders(match, head);
        return ofHeaders != null ? ofHeaders : ofQuery(match, head.query());
    }

    private static @Nullable FailedCondition ofCaller(RouteMatch match, RouteSource source) {
        if (source.meets(match)) {
            return null;
        }
        if (!match.sources().isEmpty() && !match.sources().contains(source.service())) {
            String service = source.service();
            return new FailedCondition(
                    "source", anyOf(match.sources()), service.isEmpty() ? FailedCondition.UNKNOWN : service);
        }
        String identity = source.identity();
        return new FailedCondition(
                "source identity",
                anyOf(match.sourceIdentities()),
                identity == null ? FailedCondition.ABSENT : identity);
    }

    private static @Nullable FailedCondition ofPath(RouteMatch match, String path) {
        if (match.path().isPresent()) {
            String wanted = RequestPath.canonical(match.path().get());
            if (!wanted.equals(path)) {
                return new FailedCondition("path", wanted, path);
            }
        }
        if (match.pathPrefix().isPresent()) {
            String wanted = RequestPath.canonicalPrefix(match.pathPrefix().get());
            if (!RequestPath.startsWith(path, wanted)) {
                return new FailedCondition("path prefix", wanted.isEmpty() ? "/" : wanted, path);
            }
        }
        if (match.pathTemplate().isPresent()
                && !PathShape.of(match.pathTemplate().get()).matches(path)) {
            return new FailedCondition(
                    "path template", match.pathTemplate().get().text(), path);
        }
        return null;
    }

    private static @Nullable FailedCondition ofHeaders(RouteMatch match, RequestHead head) {
        for (Map.Entry<String, ValueMatch> wanted : match.headers().entrySet()) {
            if (!RequestTest.holds(ValueTest.of(wanted.getKey(), wanted.getValue()), head.headers())) {
                return failed("header ", wanted, head.headers().all(wanted.getKey()));
            }
        }
        return null;
    }

    private static @Nullable FailedCondition ofQuery(RouteMatch match, String query) {
        for (Map.Entry<String, ValueMatch> wanted : match.query().entrySet()) {
            if (!QueryValues.meet(query, ValueTest.of(wanted.getKey(), wanted.getValue()))) {
                return failed("query ", wanted, QueryValues.of(query, wanted.getKey()));
            }
        }
        return null;
    }

    private static FailedCondition failed(String kind, Map.Entry<String, ValueMatch> wanted, List<String> found) {
        return new FailedCondition(
                kind + wanted.getKey(),
                expected(wanted.getValue()),
                found.isEmpty() ? FailedCondition.ABSENT : shown(String.join(", ", found)));
    }

    private static String expected(ValueMatch match) {
        return switch (match) {
            case ValueMatch.Exact(String value) -> shown(value);
            case ValueMatch.Prefix(String value) -> "begins with " + value;
            case ValueMatch.Regex(String pattern) -> "matches " + pattern;
            case ValueMatch.Present() -> FailedCondition.PRESENT;
            case ValueMatch.Absent() -> FailedCondition.ABSENT;
        };
    }

    /** A value of nothing is hard to see. */
    private static String shown(String value) {
        return value.isEmpty() ? "empty" : value;
    }

    private static String anyOf(Collection<String> words) {
        return String.join(" | ", new TreeSet<>(words));
    }
}
