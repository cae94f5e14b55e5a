package io.signalbox.mesh.model;

import java.util.Optional;

/** What a routing rule changes about the requests that it takes, and about their answers. */
public record RouteEdits(Optional<Rewrite> rewrite, HeaderEdits request, HeaderEdits response) {

    public static final RouteEdits NONE = new RouteEdits(Optional.empty(), HeaderEdits.NONE, HeaderEdits.NONE);
}
