package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RouteMatch;

/** Whether a request meets conditions like those of a rule, which are compiled ahead. Immutable. */
public final class RequestMatch {

    private final RouteMatch conditions;
    private final RequestTest test;

    private RequestMatch(RouteMatch conditions) {
        this.conditions = conditions;
        this.test = RequestTest.of(conditions);
    }

    public static RequestMatch of(RouteMatch conditions) {
        return new RequestMatch(conditions);
    }

    /** Whether any request of that caller may meet them. */
    public boolean concerns(RouteSource source) {
        return source.meets(conditions);
    }

    /** Whether it meets the conditions on the request itself, whoever calls. */
    public boolean holds(RequestHead head) {
        return test.isFree()
                || test.holds(
                        head,
                        test.readsPath() ? RequestPath.canonical(head.path()) : "",
                        test.readsQuery() ? head.query() : "");
    }
}
