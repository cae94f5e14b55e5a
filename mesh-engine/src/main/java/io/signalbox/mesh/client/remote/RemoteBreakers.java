package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.client.Breakers;

/** What a control plane behind an address tells of circuits. Safe from any thread. */
final class RemoteBreakers implements Breakers {

    private final HttpCalls http;

    RemoteBreakers(HttpCalls http) {
        this.http = http;
    }

    @Override
    public BreakerAutopsy autopsy(String circuits) {
        return http.get("/api/v1/breakers/" + HttpCalls.encoded(circuits) + "/autopsy")
                .as(BreakerAutopsy.class);
    }
}
