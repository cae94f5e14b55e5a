package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.ControlPlane;
import io.signalbox.mesh.controlplane.WhatIfControl;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.whatif.Question;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What policies that are not in force would have made of the requests that are kept. */
final class WhatIfRoutes {

    private final WhatIfControl whatIf;

    WhatIfRoutes(ControlPlane controlPlane) {
        this.whatIf = controlPlane.whatIf();
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/policies:what-if", call -> Reply.json(whatIf.answer(question(call)))));
    }

    /** A question in JSON, or the documents themselves in YAML with the rest in the query. */
    @SuppressWarnings("NullAway") // what is not in the query is a null component
    private static Question question(Call call) {
        boolean json = call.header("Content-Type")
                .filter(type -> type.startsWith(Call.JSON))
                .isPresent();
        if (json) {
            return call.body(Body.class).question();
        }
        String documents = call.text(Call.POLICY_TYPES);
        return new Body(
                        documents,
                        call.query("service").orElse(null),
                        null,
                        call.query("last").orElse(null),
                        (int) call.number("limit", Question.MOST, Integer.MAX_VALUE))
                .question();
    }

    record Body(
            @Nullable String policies,
            @Nullable String service,
            @Nullable Map<String, Weight> weights,
            @Nullable String last,
            @Nullable Integer limit) {

        Question question() {
            return new Question(
                    policies == null ? "" : policies,
                    service,
                    weights == null ? Map.of() : weights,
                    last == null ? Question.DEFAULT_LAST : DurationText.parse("last", last),
                    limit == null ? Question.MOST : limit);
        }
    }
}
