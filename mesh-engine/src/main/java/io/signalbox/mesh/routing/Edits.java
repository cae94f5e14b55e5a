package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.model.RoutingRule;
import org.jspecify.annotations.Nullable;

/**
 * What is changed about a request on its way, and about its answer. Immutable.
 *
 * @param place where it goes instead; {@code null} when that stays
 * @param newKey the stable key that the caller is to be given with the answer; {@code null} for none
 */
public record Edits(
        @Nullable PlaceRewrite place,
        HeaderEdits request,
        HeaderEdits response,
        @Nullable NewKey newKey) {

    public static final Edits NONE = new Edits(null, HeaderEdits.NONE, HeaderEdits.NONE, null);

    static Edits of(RoutingRule rule) {
        return new Edits(
                rule.edits()
                        .rewrite()
                        .map(rewrite -> PlaceRewrite.of(rewrite, rule.match()))
                        .orElse(null),
                rule.edits().request(),
                rule.edits().response(),
                null);
    }

    Edits giving(NewKey key) {
        return new Edits(place, request, response, key);
    }
}
