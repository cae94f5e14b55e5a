package io.signalbox.console.security;

import io.signalbox.mesh.client.AuthorizationStatus.CallerAccess;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.routing.Reach;
import java.util.List;

/**
 * How far one caller comes with one service.
 *
 * @param source a service, an identity, {@code unknown}, or empty for all others
 * @param rules those that say so, by name; none where the default does
 */
record Access(
        String service,
        String source,
        Reach.Extent extent,
        List<String> rules,
        Mode mode,
        double requestsPerSecond,
        long denied,
        long wouldDeny) {

    /** What names a row among the others. */
    record Key(String service, String source) {}

    Access {
        rules = List.copyOf(rules);
    }

    static Access of(ServiceAccess service, CallerAccess caller) {
        return new Access(
                service.service(),
                caller.source(),
                caller.reach().extent(),
                caller.reach().rules(),
                service.mode(),
                caller.requestsPerSecond(),
                caller.denied(),
                caller.wouldDeny());
    }

    static Access ofOthers(ServiceAccess service) {
        return new Access(service.service(), "", service.others(), List.of(), service.mode(), 0, 0, 0);
    }

    Admittance admittance() {
        return Admittance.of(extent, mode);
    }

    Key key() {
        return new Key(service, source);
    }

    boolean isOfOthers() {
        return source.isEmpty();
    }
}
