package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RouteMatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions that no request can meet, since one of them rules out another. */
public final class NeverMet {

    private NeverMet() {}

    /** Why no request meets all of them, in words; {@code null} when one may. */
    public static @Nullable String why(RouteMatch match) {
        Optional<String> path = match.path().map(RequestPath::canonical);
        Optional<String> prefix = match.pathPrefix().map(RequestPath::canonicalPrefix);
        if (path.isPresent() && prefix.isPresent() && !RequestPath.startsWith(path.get(), prefix.get())) {
            return "path is not below pathPrefix";
        }
        if (path.isPresent()
                && match.pathTemplate()
                        .map(PathShape::of)
                        .filter(shape -> !shape.matches(path.get()))
                        .isPresent()) {
            return "path does not fit pathTemplate";
        }
        boolean onlyUnknown = match.sources().size() == 1 && match.sources().contains(AuthorizationRule.UNKNOWN);
        if (onlyUnknown && !match.sourceIdentities().isEmpty()) {
            return "who is unknown proves no identity";
        }
        return null;
    }
}
