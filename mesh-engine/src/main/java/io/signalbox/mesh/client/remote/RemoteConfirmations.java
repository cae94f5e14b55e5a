package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Confirmations;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.type.TypeReference;

/** Changes that wait to be confirmed, behind an address. */
final class RemoteConfirmations implements Confirmations {

    private static final TypeReference<List<PendingChange>> PENDING = new TypeReference<>() {};

    private final HttpCalls http;

    RemoteConfirmations(HttpCalls http) {
        this.http = http;
    }

    @Override
    public List<PendingChange> pending() {
        return http.get("/api/v1/confirmations").as(PENDING);
    }

    @Override
    public void confirm(String service, OptionalLong expected, ChangeNote note) {
        http.postMatching(path(service, "confirm"), note, expected);
    }

    @Override
    public PolicyText revert(String service, OptionalLong expected, ChangeNote note) {
        HttpCalls.Answer answer = http.postMatching(path(service, "revert"), note, expected);
        return new PolicyText(service, answer.revision(), answer.body());
    }

    private static String path(String service, String verb) {
        return "/api/v1/policies/" + HttpCalls.encoded(service) + "/" + verb;
    }
}
