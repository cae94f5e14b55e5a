package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.routing.RouteDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the caller gets where a rule answers: as the rule says, and {@code x-signalbox-cause}. */
final class RuleAnswers {

    private RuleAnswers() {}

    static Answer answer(RouteDecision.AnsweredHere answered) {
        Map<String, String> fields = new LinkedHashMap<>(answered.headers());
        fields.put(MeshFields.CAUSE, answered.cause().wireName());
        return new Answer(
                answered.status(), fields, ByteBuffer.wrap(answered.body().getBytes(StandardCharsets.UTF_8)));
    }
}
