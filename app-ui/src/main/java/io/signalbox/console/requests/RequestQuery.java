package io.signalbox.console.requests;

import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import java.util.function.Predicate;

/**
 * What somebody wants to see of the requests that end.
 *
 * @param tapped what the mesh can sift by; it takes all that {@code wanted} takes, and may take more
 * @param wanted every condition
 */
record RequestQuery(RequestFilter tapped, Predicate<RequestLine> wanted) {

    static final RequestQuery ALL = new RequestQuery(RequestFilter.ALL, line -> true);
}
