package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The rollouts of a mesh behind an address. */
record RemoteRollouts(HttpCalls http) implements Rollouts {

    private static final String CANARIES = "/api/v1/canaries";
    private static final TypeReference<List<Canary>> ALL = new TypeReference<>() {};
    private static final TypeReference<List<RolloutStatus>> ENDED = new TypeReference<>() {};

    @Override
    public List<RolloutStatus> list() {
        return http.get(CANARIES).as(ALL).stream().flatMap(Canary::rollouts).toList();
    }

    @Override
    public List<RolloutStatus> history(String service) {
        return http.get(path(service, "history")).as(ENDED);
    }

    @Override
    public RolloutStatus start(String service, RolloutRequest request, ChangeNote note) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (Json.plain(request) instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> body.put(String.valueOf(name), value));
        }
        body.put("by", note.by());
        body.put("reason", note.reason());
        return http.post(path(service, "start"), body).as(RolloutStatus.class);
    }

    @Override
    public RolloutStatus pause(String service, OptionalLong number, ChangeNote note) {
        return asked(service, "pause", number, note);
    }

    @Override
    public RolloutStatus resume(String service, OptionalLong number, ChangeNote note) {
        return asked(service, "resume", number, note);
    }

    @Override
    public RolloutStatus promote(String service, OptionalLong number, ChangeNote note) {
        return asked(service, "promote", number, note);
    }

    @Override
    public RolloutStatus rollBack(String service, OptionalLong number, ChangeNote note) {
        return asked(service, "rollback", number, note);
    }

    @Override
    public RolloutStatus withdraw(String service, long number, ChangeNote note) {
        return http.post(path(service, "withdraw"), Map.of("number", number, "by", note.by(), "reason", note.reason()))
                .as(RolloutStatus.class);
    }

    private RolloutStatus asked(String service, String verb, OptionalLong number, ChangeNote note) {
        Map<String, Object> body = new LinkedHashMap<>();
        number.ifPresent(of -> body.put("number", of));
        body.put("by", note.by());
        body.put("reason", note.reason());
        return http.post(path(service, verb), body).as(RolloutStatus.class);
    }

    private static String path(String service, String verb) {
        return CANARIES + "/" + HttpCalls.encoded(service) + "/" + verb;
    }

    /** What is told of a service's split is left out. */
    record Canary(@Nullable RolloutStatus rollout, List<RolloutStatus> waiting) {

        Stream<RolloutStatus> rollouts() {
            return Stream.concat(Stream.ofNullable(rollout), waiting.stream());
        }
    }
}
