package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Authorization.Action;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of one call.
 *
 * @param rule the one that says so, by name; {@code null} when none holds, so that the default does
 */
public record AccessVerdict(Action action, @Nullable String rule) {

    public boolean denied() {
        return action == Action.DENY;
    }
}
