package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RouteMatch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of a rule on the request itself, compiled. Immutable. */
final class RequestTest {

    private final List<ValueTest> headers;
    private final List<ValueTest> query;
    private final @Nullable String path;
    private final @Nullable String prefix;
    private final @Nullable PathShape shape;
    private final Set<String> methods;

    private RequestTest(RouteMatch match) {
        this.headers = match.headers().entrySet().stream()
                .map(wanted -> ValueTest.of(wanted.getKey(), wanted.getValue()))
                .toList();
        this.query = match.query().entrySet().stream()
                .map(wanted -> ValueTest.of(wanted.getKey(), wanted.getValue()))
                .toList();
        this.path = match.path().map(RequestPath::canonical).orElse(null);
        this.prefix = match.pathPrefix().map(RequestPath::canonicalPrefix).orElse(null);
        this.shape = match.pathTemplate().map(PathShape::of).orElse(null);
        this.methods = match.methods();
    }

    static RequestTest of(RouteMatch match) {
        return new RequestTest(match);
    }

    boolean readsPath() {
        return path != null || prefix != null || shape != null;
    }

    boolean readsQuery() {
        return !query.isEmpty();
    }

    /** Whether it looks at nothing, and so holds for what is no request, too. */
    boolean isFree() {
        return methods.isEmpty() && !readsPath() && headers.isEmpty() && query.isEmpty();
    }

    /**
     * @param canonicalPath the request's, if any rule reads it
     * @param rawQuery the request's, if any rule reads it
     */
    boolean holds(RequestHead head, String canonicalPath, String rawQuery) {
        return (methods.isEmpty() || methods.contains(head.method()))
                && (path == null || path.equals(canonicalPath))
                && (prefix == null || RequestPath.startsWith(canonicalPath, prefix))
                && (shape == null || shape.matches(canonicalPath))
                && headersHold(head.headers())
                && queryHolds(rawQuery);
    }

    private boolean headersHold(Headers sent) {
        for (int i = 0; i < headers.size(); i++) {
            if (!holds(headers.get(i), sent)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(ValueTest wanted, Headers sent) {
        String first = sent.first(wanted.name());
        if (first == null || !wanted.wantsValue()) {
            return first == null && !wanted.wantsValue();
        }
        if (wanted.value().test(first)) {
            return true;
        }
        List<String> all = sent.all(wanted.name());
        for (int i = 1; i < all.size(); i++) {
            if (wanted.value().test(all.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean queryHolds(String rawQuery) {
        for (int i = 0; i < query.size(); i++) {
            if (!QueryValues.meet(rawQuery, query.get(i))) {
                return false;
            }
        }
        return true;
    }
}
