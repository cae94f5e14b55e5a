package io.signalbox.mesh.explain;

import io.signalbox.mesh.routing.RouteDecision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a routing rule answers by itself.
 *
 * @param rule its place in the policy, from 1
 * @param location where the caller is told to ask; {@code null} when it is not told so
 */
public record RuleAnswer(int rule, int status, @Nullable String location) {

    static RuleAnswer of(RouteDecision.AnsweredHere answered) {
        return new RuleAnswer(
                answered.reason().index() + 1,
                answered.status(),
                answered.headers().entrySet().stream()
                        .filter(field -> field.getKey().equalsIgnoreCase("Location"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null));
    }
}
