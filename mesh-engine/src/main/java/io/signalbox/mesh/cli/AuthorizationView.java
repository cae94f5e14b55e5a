package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.AuthorizationStatus.CallerAccess;
import io.signalbox.mesh.client.AuthorizationStatus.ServiceAccess;
import io.signalbox.mesh.routing.Reach;
import java.util.List;

/** Who may call whom, as a table: a line for each caller that something is known of, and one for all others. */
final class AuthorizationView {

    private AuthorizationView() {}

    static Table table(AuthorizationStatus status) {
        Table table = new Table("SERVICE", "CALLER", "MAY CALL", "BY", "MODE", ">REQ/S", ">DENIED", ">WOULD DENY");
        for (ServiceAccess service : status.services()) {
            for (CallerAccess caller : service.callers()) {
                table.row(
                        service.service(),
                        caller.source(),
                        word(caller.reach().extent()),
                        by(service, caller.reach().rules()),
                        service.mode().wireName(),
                        Words.rate(caller.requestsPerSecond()),
                        Long.toString(caller.denied()),
                        Long.toString(caller.wouldDeny()));
            }
            table.row(
                    service.service(),
                    "others",
                    word(service.others()),
                    by(service, List.of()),
                    service.mode().wireName(),
                    Words.NONE,
                    Words.NONE,
                    Words.NONE);
        }
        return table;
    }

    private static String by(ServiceAccess service, List<String> rules) {
        return rules.isEmpty() ? "default " + service.otherwise().wireName() : String.join(", ", rules);
    }

    private static String word(Reach.Extent extent) {
        return switch (extent) {
            case ALL -> "all";
            case SOME -> "some";
            case NONE -> "none";
        };
    }
}
